package catalogue

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
)

// translations has a file for each language but English: what each option does, by its key. English is
// Streamlit's own text in options.json, which is why these texts are data of this package and not messages:
// the catalogues of ui/message have the same ids in each language.
//
//go:embed options.*.json
var translations embed.FS

// SummaryIn returns what the option does in a language, Streamlit's own summary where the language has no text for it.
// The options of [theme.sidebar], [theme.light] and so on are those of [theme].
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

// translated has the texts by language and key.
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
