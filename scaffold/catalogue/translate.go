package catalogue

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
)

// translations has one file for each language except English: a text for each option, by key. The
// English texts come from Streamlit's options.json. That is why the texts are data of this package:
// the catalogues in ui/message must have the same IDs in every language.
//
//go:embed options.*.json
var translations embed.FS

// SummaryIn returns the summary of the option in a language, or Streamlit's own if there is no
// translation. The options of [theme.sidebar], [theme.light] and so on share the texts of [theme].
func (o Option) SummaryIn(lang string) string {
	key := o.Key
	if strings.HasPrefix(key, "theme.") {
		key = "theme." + o.Name
	}
	if text := translated()[lang][key]; text != "" {
		return text
	}
	return o.Summary()
}

// translated returns the texts by language and key.
var translated = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	entries, err := translations.ReadDir(".")
	if err != nil {
		panic("catalogue: " + err.Error())
	}
	for _, e := range entries {
		text, err := translations.ReadFile(e.Name())
		if err != nil {
			panic("catalogue: " + err.Error())
		}
		texts := map[string]string{}
		if err := json.Unmarshal(text, &texts); err != nil {
			panic("catalogue: " + e.Name() + " is broken: " + err.Error())
		}
		all[strings.TrimSuffix(strings.TrimPrefix(e.Name(), "options."), ".json")] = texts
	}
	return all
})
