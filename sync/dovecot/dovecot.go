// Package dovecot runs a real Dovecot on this laptop, for tests and measurements
// that an in-memory server cannot stand for. It serves one user on a free port of
// loopback, in a folder of its own, without encryption.
//
// It refuses to run where Dovecot is not installed, and it is part of no program
// that people use.
package dovecot

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// User and Password open the mailbox.
const (
	User     = "test"
	Password = "secret"
)

// ErrAbsent says that Dovecot is not installed.
var ErrAbsent = errors.New("the server Dovecot is not installed (Debian: dovecot-imapd)")

// Server is a Dovecot while it runs.
type Server struct {
	Port int

	dir          string
	owner, group int // who the mails belong to
	saved        int
	process      *exec.Cmd
	said         bytes.Buffer
}

// Start starts a server in a folder, which it makes. The folder's path must be
// short, since sockets lie in it. Without Dovecot the error is ErrAbsent.
func Start(dir string) (*Server, error) { return StartAs(dir, "") }

// StartAs is Start with the capabilities that the server tells of, parted by
// blanks; "" is all of its own.
func StartAs(dir, capabilities string) (*Server, error) {
	return StartWith(dir, Options{Capabilities: capabilities})
}

// Options are what a server is to be like. The zero value is Dovecot as it is.
type Options struct {
	// Capabilities are those that it tells of, parted by blanks; "" is all of its
	// own.
	Capabilities string
	// Introspect is where it asks whose an access token is (RFC 7662); with it the
	// server takes tokens, by OAUTHBEARER and XOAUTH2, beside the password.
	Introspect string
	// Mechanisms are the ways to sign in that it tells of; "" is all that it takes.
	Mechanisms string
}

// StartWith is Start with options.
func StartWith(dir string, o Options) (*Server, error) {
	program, err := find("dovecot")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, owner: os.Getuid(), group: os.Getgid()}
	if s.owner == 0 { // Dovecot hands no mail of root's over
		s.owner, s.group = 65534, 65534
	}
	if err := s.prepare(o); err != nil {
		return nil, err
	}
	s.process = exec.Command(program, "-F", "-c", s.config())
	s.process.Stdout, s.process.Stderr = &s.said, &s.said
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	for range 500 {
		if conn, err := net.Dial("tcp", s.Address()); err == nil {
			return s, conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	err = fmt.Errorf("the server Dovecot did not start: %s", s.said.String())
	return nil, errors.Join(err, s.Stop())
}

func find(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	path := "/usr/sbin/" + name
	if _, err := os.Stat(path); err != nil {
		return "", ErrAbsent
	}
	return path, nil
}

// Address is where it listens, as host:port.
func (s *Server) Address() string { return fmt.Sprintf("127.0.0.1:%d", s.Port) }

// Stop ends the server. Its folder stays.
func (s *Server) Stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	_ = s.process.Wait() // it says that it was told to end
	return nil
}

func (s *Server) config() string { return filepath.Join(s.dir, "dovecot.conf") }

// Box is the folder on the disk that a mail folder lies in.
func (s *Server) Box(folder string) string {
	box := filepath.Join(s.dir, "mail/Maildir")
	if folder != "INBOX" {
		box = filepath.Join(box, "."+strings.ReplaceAll(folder, "/", "."))
	}
	return box
}

// Deliver puts a mail straight into a folder, thousands a second. The folder's
// name has letters of ASCII only.
func (s *Server) Deliver(folder string, raw []byte, came time.Time, seen bool) error {
	box := s.Box(folder)
	if _, err := os.Stat(filepath.Join(box, "cur")); err != nil {
		for _, sub := range []string{"", "cur", "new", "tmp"} {
			if err := s.mkdir(filepath.Join(box, sub)); err != nil {
				return err
			}
		}
	}
	s.saved++
	flags := ""
	if seen {
		flags = "S"
	}
	// It is written beside and moved in, so that the server never sees half.
	name := fmt.Sprintf("%d.M%dP1.host", 1300000000+s.saved, s.saved)
	made := filepath.Join(box, "tmp", name)
	if err := os.WriteFile(made, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), 0o644); err != nil {
		return err
	}
	if err := errors.Join(os.Chtimes(made, came, came), s.own(made)); err != nil {
		return err
	}
	return os.Rename(made, filepath.Join(box, "cur", name+":2,"+flags))
}

// Adm runs doveadm on the server: mailbox update, expunge, flags …
func (s *Server) Adm(args ...string) error {
	program, err := find("doveadm")
	if err != nil {
		return err
	}
	out, err := exec.Command(program, append([]string{"-c", s.config()}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("doveadm %v: %w\n%s", args, err, out)
	}
	return nil
}

func (s *Server) mkdir(path string) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return s.own(path)
}

func (s *Server) own(path string) error {
	if os.Getuid() != 0 {
		return nil
	}
	return os.Lchown(path, s.owner, s.group)
}

// prepare makes the folder with what it needs, and finds a port.
func (s *Server) prepare(o Options) error {
	for _, sub := range []string{"run", "state"} {
		if err := os.MkdirAll(filepath.Join(s.dir, sub), 0o755); err != nil {
			return err
		}
	}
	for _, sub := range []string{"mail", "mail/Maildir"} {
		if err := s.mkdir(filepath.Join(s.dir, sub)); err != nil {
			return err
		}
	}
	internal, login, group := "dovecot", "dovenull", "dovecot"
	if os.Getuid() == 0 {
		// The user that the mails belong to must be let through.
		for path := s.dir; strings.HasPrefix(path, filepath.Clean(os.TempDir())+"/"); path = filepath.Dir(path) {
			if err := os.Chmod(path, 0o755); err != nil {
				return err
			}
		}
	} else {
		me, err := user.Current()
		if err != nil {
			return err
		}
		mine, err := user.LookupGroupId(me.Gid)
		if err != nil {
			return err
		}
		internal, login, group = me.Username, me.Username, mine.Name
	}
	free, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.Port = free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		return err
	}
	users := fmt.Sprintf("%s:{PLAIN}%s:%d:%d::%s/mail::\n", User, Password, s.owner, s.group, s.dir)
	if err := os.WriteFile(filepath.Join(s.dir, "users"), []byte(users), 0o644); err != nil {
		return err
	}
	mechanisms, tokens := "plain login", ""
	if o.Introspect != "" {
		mechanisms += " oauthbearer xoauth2"
		tokens = fmt.Sprintf(tokenConfiguration, s.dir)
		asks := fmt.Sprintf(introspection, o.Introspect)
		if err := os.WriteFile(filepath.Join(s.dir, "tokens"), []byte(asks), 0o644); err != nil {
			return err
		}
	}
	if o.Mechanisms != "" {
		mechanisms = o.Mechanisms
	}
	text := fmt.Sprintf(configuration, s.dir, internal, login, group, s.Port, mechanisms, tokens)
	if o.Capabilities != "" {
		text += "protocol imap {\n  imap_capability = " + o.Capabilities + "\n}\n"
	}
	return os.WriteFile(s.config(), []byte(text), 0o644)
}

// Log is what the server has said so far, for a test that failed.
func (s *Server) Log() string {
	log, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		log = []byte(err.Error())
	}
	return string(log)
}

// tokenConfiguration takes the folder, introspection the page that is asked.
const (
	tokenConfiguration = `passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = %s/tokens
}
`
	introspection = `introspection_mode = post
introspection_url = %s
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 5000
`
)

// configuration takes the folder, the users of Dovecot's own, the port, the ways
// to sign in and what checks tokens.
const configuration = `base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = %[6]s
auth_failure_delay = 0
mail_location = maildir:~/Maildir
first_valid_uid = 100
last_valid_uid = 65534
default_internal_user = %[2]s
default_login_user = %[3]s
default_internal_group = %[4]s
mail_max_userip_connections = 50
%[7]spassdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%%u %[1]s/users
}
userdb {
  driver = passwd-file
  args = username_format=%%u %[1]s/users
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \Drafts
  }
  mailbox Sent {
    special_use = \Sent
  }
  mailbox Trash {
    special_use = \Trash
  }
  mailbox Junk {
    special_use = \Junk
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = %[5]d
  }
  inet_listener imaps {
    port = 0
  }
}
`
