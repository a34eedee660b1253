package jetstream

import (
	"os"
	"path/filepath"
	"testing"
)

// The configuration that docs/hub shows is the one that is written.
func TestTheExampleIsWhatIsWritten(t *testing.T) {
	dir := t.TempDir()
	hosts := []string{"nats1.larkfield.example", "nats2.larkfield.example", "nats3.larkfield.example"}
	if _, err := Write(dir, Plan{Hosts: hosts}); err != nil {
		t.Fatal(err)
	}
	example := filepath.Join("..", "..", "..", "docs", "hub", hosts[0]+".conf")
	written := file(t, filepath.Join(dir, "servers", hosts[0]+".conf"))
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(example, written, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if shown := file(t, example); string(shown) != string(written) {
		t.Errorf("docs/hub shows\n%s\nand this is written:\n%s", shown, written)
	}
}
