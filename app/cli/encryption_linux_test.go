package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestEncryptionIsToldByWhatLiesBeneathTheFolder(t *testing.T) {
	root := t.TempDir()
	put := func(path, text string) {
		t.Helper()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("proc/self/mountinfo", `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 253:0 / /home rw,relatime shared:2 - ext4 /dev/mapper/home rw
24 22 253:2 / /srv rw - xfs /dev/mapper/vg-srv rw
25 22 253:3 / /half rw - xfs /dev/mapper/vg-half rw
26 22 0:40 / /data/with\040blank rw - btrfs /dev/mapper/home rw
27 22 0:41 / /net rw - nfs4 server:/export rw
28 22 0:42 / /tmp rw - tmpfs tmpfs rw
29 22 0:43 / /home/maya/Private rw - ecryptfs /home/.ecryptfs rw
30 22 0:44 / /plain rw - btrfs /dev/sda1 rw
a line that nobody can read
`)
	put("sys/dev/block/8:1/size", "1")
	put("sys/class/block/sda1/size", "1")
	put("sys/dev/block/253:0/dm/uuid", "CRYPT-LUKS2-0123-home\n")
	put("sys/class/block/dm-0/dm/name", "home\n")
	put("sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-0123-home\n")
	put("sys/dev/block/253:2/dm/uuid", "LVM-abc\n")
	put("sys/dev/block/253:2/slaves/dm-1/dm/uuid", "CRYPT-LUKS2-4567-pv\n")
	put("sys/dev/block/253:3/dm/uuid", "LVM-def\n")
	put("sys/dev/block/253:3/slaves/dm-1/dm/uuid", "CRYPT-LUKS2-4567-pv\n")
	put("sys/dev/block/253:3/slaves/sdb1/size", "1")
	for dir, want := range map[string]encryption{
		"/var/lib":                 notEncrypted,
		"/home/maya/rapport":       encrypted,
		"/homes":                   notEncrypted, // beside /home, not in it
		"/srv":                     encrypted,    // a volume on an encrypted disk
		"/half/rapport":            notEncrypted, // one of its two disks is not
		"/data/with blank/rapport": encrypted,    // btrfs names its disk by path only
		"/plain":                   notEncrypted,
		"/net/rapport":             unknownEncryption,
		"/tmp/rapport":             unknownEncryption,
		"/home/maya/Private/x":     encrypted,
	} {
		if got := kernel(root).encryptionOf(dir); got != want {
			t.Errorf("%s: %d, want %d", dir, got, want)
		}
	}
	if got := kernel(t.TempDir()).encryptionOf("/home"); got != unknownEncryption {
		t.Errorf("without /proc: %d, want unknown", got)
	}
}
