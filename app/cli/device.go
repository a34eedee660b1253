package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func deviceListVerb() *verb {
	return &verb{
		name: "device list", does: "List laptops that share spaces with you",
		more: `This one and your others come first. -member lists those of one member alone.

  rapport device list
  rapport device list -member "Jonas Weber"`,
		flags: []flag{{name: "member", value: "NAME", does: "whose laptops"}, jsonFlag}, run: runDeviceList,
	}
}

func deviceWithdrawVerb() *verb {
	return &verb{
		name: "device withdraw", args: "LAPTOP", does: "Withdraw a laptop that was stolen or lost",
		more: `In every space where you may, what the laptop writes is kept out from then on, another
key is used, and that key goes to the laptops that its owner has left. What it had read
stays readable on it. No further laptop of its owner's comes in after that: bring a new
one in first. LAPTOP is a name, or the beginning of a fingerprint, as rapport device
list shows them. Without -yes it says what it would do.

  rapport device withdraw elin-thinkpad
  rapport device withdraw elin-thinkpad -yes`,
		least: 1, most: 1, flags: []flag{{name: "yes", does: "withdraw it"}, jsonFlag}, run: runDeviceWithdraw,
	}
}

type laptopJSON struct {
	ID     string         `json:"id"`
	Name   string         `json:"name"`
	Of     string         `json:"of"`
	Yours  bool           `json:"yours"`
	Here   bool           `json:"here"`
	Heard  string         `json:"heard"`
	Spaces []laptopInJSON `json:"spaces"`
}

type laptopInJSON struct {
	Space     string `json:"space"`
	Heard     string `json:"heard"`
	Withdrawn string `json:"withdrawn"`
	May       bool   `json:"may"`
}

func laptopOf(l data.Laptop) laptopJSON {
	in := []laptopInJSON{}
	for _, one := range l.In {
		in = append(in, laptopInJSON{one.Space.Name, rfcOrNone(one.HeardAt), rfcOrNone(one.WithdrawnAt), one.May})
	}
	return laptopJSON{l.ID, l.Name, l.Owner, l.Own, l.Here, rfcOrNone(l.HeardAt()), in}
}

func runDeviceList(c *call) error {
	return c.spaces(false, func(_ *store.DB, all *space.Spaces) error {
		list, err := all.Laptops(c.ctx)
		if err != nil {
			return err
		}
		if c.has("member") {
			list = laptopsBy(list, func(l data.Laptop) bool { return strings.EqualFold(l.Owner, strings.TrimSpace(c.text("member"))) })
			if len(list) == 0 {
				return fmt.Errorf("laptops of %s: %w; rapport space members names who shares a space", c.text("member"), data.ErrNotFound)
			}
		}
		if c.on("json") {
			return writeArray(c.out, each(list, laptopOf))
		}
		if len(list) == 0 {
			c.note("no laptop shares a space with you")
			return nil
		}
		var rows [][]string
		for _, l := range list {
			rows = append(rows, []string{plainText(l.Name), whoseLaptop(l), l.ID[:min(len(l.ID), shownFingerprint)], dayOrNever(l.HeardAt()), inSpaces(l)})
		}
		return table(c.out, []column{{head: "LAPTOP", most: 32}, {head: "WHOSE", most: 28}, {head: "FINGERPRINT"}, {head: "LAST HEARD"}, {head: "SPACES", rest: true}}, rows)
	})
}

// shownFingerprint is how much of a fingerprint tells laptops apart.
const shownFingerprint = 8

func whoseLaptop(l data.Laptop) string {
	switch {
	case l.Here:
		return "you, here"
	case l.Own:
		return "you"
	}
	return plainText(l.Owner)
}

func dayOrNever(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.DateOnly)
}

// inSpaces names the spaces of a laptop, and from which it was withdrawn.
func inSpaces(l data.Laptop) string {
	var names []string
	for _, in := range l.In {
		name := plainText(in.Space.Name)
		if !in.WithdrawnAt.IsZero() {
			name += " (withdrawn on " + in.WithdrawnAt.UTC().Format(time.DateOnly) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func laptopsBy(list []data.Laptop, of func(data.Laptop) bool) (some []data.Laptop) {
	for _, l := range list {
		if of(l) {
			some = append(some, l)
		}
	}
	return some
}

// theLaptop is the one that is meant by a name or the beginning of a fingerprint.
func theLaptop(list []data.Laptop, ref string) (data.Laptop, error) {
	ref = strings.ToLower(strings.TrimSpace(ref))
	found := laptopsBy(list, func(l data.Laptop) bool {
		return strings.ToLower(l.Name) == ref || len(ref) >= 6 && strings.HasPrefix(l.ID, ref)
	})
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return data.Laptop{}, fmt.Errorf("laptop %s: %w; rapport device list names them", ref, data.ErrNotFound)
	}
	return data.Laptop{}, &data.Invalid{Field: "laptop", Says: "several laptops are called " + ref + "; say the fingerprint, as rapport device list shows it"}
}

type withdrawnJSON struct {
	Space     string `json:"space"`
	Withdrawn bool   `json:"withdrawn"`
	Problem   string `json:"problem"`
}

func runDeviceWithdraw(c *call) error {
	return c.spaces(c.on("yes"), func(_ *store.DB, all *space.Spaces) error {
		list, err := all.Laptops(c.ctx)
		if err != nil {
			return err
		}
		l, err := theLaptop(list, c.args[0])
		if err != nil {
			return err
		}
		from := l.Withdrawable()
		switch {
		case l.Here:
			return &data.Invalid{Field: "laptop", Says: "this is the laptop that you sit at; withdraw it from another one"}
		case len(from) == 0:
			return &data.Invalid{Field: "laptop", Says: l.Name + " is in no space from which you may withdraw it; ask an owner"}
		}
		var done []withdrawnJSON
		var partly error
		for _, in := range from {
			w := withdrawnJSON{Space: in.Space.Name}
			if c.on("yes") {
				err := all.Withdraw(c.ctx, in.Space.ID, l.ID)
				if c.ctx.Err() != nil {
					return c.ctx.Err()
				}
				if w.Withdrawn = err == nil; err != nil {
					w.Problem, partly = err.Error(), err
				}
			}
			done = append(done, w)
		}
		if partly != nil && slices.ContainsFunc(done, func(w withdrawnJSON) bool { return w.Withdrawn }) {
			partly = exitCode(exitPartly)
		}
		if c.on("json") {
			if err := writeArray(c.out, asTheyAre(done)); err != nil {
				return err
			}
			return partly
		}
		for _, w := range done {
			c.saidOfLaptop(l, w)
		}
		if !c.on("yes") {
			c.note("say -yes to withdraw it")
		}
		return partly
	})
}

func (c *call) saidOfLaptop(l data.Laptop, w withdrawnJSON) {
	name := plainText(l.Name) + " of " + whoseLaptop(l)
	switch {
	case w.Withdrawn:
		c.printf("%s is withdrawn from %s; what it had read stays readable on it\n", name, w.Space)
	case w.Problem != "":
		c.note("%s: %s", w.Space, w.Problem)
	default:
		c.printf("%s would be withdrawn from %s\n", name, w.Space)
	}
}
