package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sleet/steps/command/exit"
)

// TestSurveyPage sorts and filters the page of a survey in a real browser.
func TestSurveyPage(t *testing.T) {
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && chromium == "" {
			chromium = path
		}
	}
	if chromium == "" {
		t.Skip("no chromium: install it to see that the page sorts and filters in a browser")
	}
	p := surveyed(t, 40)
	page := p.out(exit.Success, "survey", "--code", "--format", "html")
	const script = `<script>
const shown = () => [...document.querySelectorAll("#apps tbody tr")].filter((r) => !r.hidden).map((r) => r.cells[0].textContent);
const said = [];
document.querySelectorAll("#apps th button")[7].click(); document.querySelectorAll("#apps th button")[7].click();
said.push("most manual " + document.querySelector("#apps tbody tr").cells[7].textContent, document.querySelectorAll("#apps th")[7].getAttribute("aria-sort"));
runtime.value = "container"; runtime.dispatchEvent(new Event("input"));
said.push("containers " + shown().length);
runtime.value = ""; text.value = "app_0007 dev"; text.dispatchEvent(new Event("input"));
said.push("found " + shown().join(" "), count.value);
document.body.textContent = "SAID " + said.join("; ") + " END";
</script>`
	file := filepath.Join(t.TempDir(), "report.html")
	write(t, file, strings.Replace(page, "</body>", script+"</body>", 1))
	cmd := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+file)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	dom, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, said, _ := strings.Cut(string(dom), "SAID ")
	said, _, _ = strings.Cut(said, " END")
	for _, want := range []string{"descending", "containers 5", "found TEAM_01.APPS.APP_0007; 1 / 40"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %q", want, said)
		}
	}
	if !strings.Contains(said, "most manual 7") && !strings.Contains(said, "most manual 6") {
		t.Errorf("sorted by manual changes: %q", said)
	}
}
