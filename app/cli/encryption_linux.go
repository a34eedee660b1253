package cli

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// encryptionOf follows the folder's file system down to its disk.
func encryptionOf(_ context.Context, dir string) encryption {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return kernel("/").encryptionOf(dir)
}

// kernel is the root of the file system in which Linux describes itself.
type kernel string

// encryptionOf says whether a device-mapper target that encrypts lies between
// the folder and its disk. What it cannot follow is unknown: file systems that
// encrypt by themselves, network folders and containers.
func (k kernel) encryptionOf(dir string) encryption {
	m, ok := k.mountOf(dir)
	switch {
	case !ok:
		return unknownEncryption
	case m.system == "ecryptfs" || m.system == "fuse.gocryptfs":
		return encrypted
	}
	device := filepath.Join(string(k), "sys/dev/block", m.device)
	if strings.HasPrefix(m.device, "0:") { // btrfs and others name no disk of their own
		device = k.deviceNamed(m.source)
	}
	if _, err := os.Stat(device); device == "" || err != nil {
		return unknownEncryption
	}
	if k.isEncrypted(device, 8) {
		return encrypted
	}
	return notEncrypted
}

// deviceNamed is where the kernel describes the device of a path such as
// /dev/mapper/home or /dev/sda1, "" when it is no device.
func (k kernel) deviceNamed(source string) string {
	name, ok := strings.CutPrefix(source, "/dev/")
	if !ok {
		return ""
	}
	if mapped, ok := strings.CutPrefix(name, "mapper/"); ok {
		names, _ := filepath.Glob(filepath.Join(string(k), "sys/class/block/*/dm/name"))
		for _, n := range names {
			if text, err := os.ReadFile(n); err == nil && strings.TrimSpace(string(text)) == mapped {
				return filepath.Dir(filepath.Dir(n))
			}
		}
		return ""
	}
	return filepath.Join(string(k), "sys/class/block", name)
}

// isEncrypted says whether the device, or all that it is made of, is encrypted.
func (k kernel) isEncrypted(device string, deep int) bool {
	uuid, err := os.ReadFile(filepath.Join(device, "dm/uuid"))
	if err == nil && strings.HasPrefix(string(uuid), "CRYPT-") {
		return true
	}
	parts, err := os.ReadDir(filepath.Join(device, "slaves"))
	if err != nil || len(parts) == 0 || deep == 0 {
		return false
	}
	for _, p := range parts {
		if !k.isEncrypted(filepath.Join(device, "slaves", p.Name()), deep-1) {
			return false
		}
	}
	return true
}

// mount is one line of /proc/self/mountinfo, as proc(5) describes it.
type mount struct{ device, point, system, source string }

// mountOf is the mount that the folder lies in: the longest, and of equal ones
// the last, which hides the others.
func (k kernel) mountOf(dir string) (found mount, ok bool) {
	text, err := os.ReadFile(filepath.Join(string(k), "proc/self/mountinfo"))
	if err != nil {
		return found, false
	}
	for line := range strings.Lines(string(text)) {
		m, read := readMount(line)
		if read && len(m.point) >= len(found.point) && liesIn(dir, m.point) {
			found, ok = m, true
		}
	}
	return found, ok
}

func readMount(line string) (mount, bool) {
	place, system, ok := strings.Cut(line, " - ")
	left, right := strings.Fields(place), strings.Fields(system)
	if !ok || len(left) < 5 || len(right) < 2 {
		return mount{}, false
	}
	return mount{device: left[2], point: unescape(left[4]), system: right[0], source: unescape(right[1])}, true
}

func liesIn(dir, point string) bool {
	return dir == point || strings.HasPrefix(dir, strings.TrimSuffix(point, "/")+"/")
}

// unescape reads the octal escapes of blanks in mountinfo.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
