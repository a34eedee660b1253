package cli

import (
	"fmt"
	"strings"
)

func helpVerb() *verb {
	return &verb{
		name: "help", args: "[COMMAND]", does: "List the commands, or say how one is used",
		most: 2, run: runHelp,
	}
}

const helpHead = `Rapport keeps an account team's mail, meetings and notes as one timeline for each
customer, in one file on this laptop.

Usage: rapport [-w DIR] [COMMAND [ARGUMENT …] [FLAG …]]

Without a command it opens the window.
`

const helpFoot = `
ACCOUNT and CONTACT are an ID, an exact name, an address or a domain.
Flags stand before, between or after arguments; -- ends them.
-w or RAPPORT_WORKSPACE names the workspace's folder, -json prints JSON.
Exit codes: 0 done, 1 failed, 2 wrong use, 3 partly done, 130 interrupted.

rapport help COMMAND says more.
`

func runHelp(c *call) error {
	if len(c.args) == 0 {
		c.print(helpHead)
		for i, list := range byTopic() {
			c.printf("\n%s:\n", topics[i].name)
			for _, v := range list {
				c.printf("  %-22s %s\n", v.name, v.does)
			}
		}
		c.print(helpFoot)
		return nil
	}
	v, rest, err := findVerb(c.args)
	switch {
	case err == nil && len(rest) == 0:
		c.print(v.help())
		return nil
	case err != nil && len(c.args) == 1 && c.helpGroup():
		return nil
	case err == nil:
		return unknownVerb(strings.Join(c.args, " "))
	}
	return err
}

// helpGroup helps with all verbs that begin with the word, if there are any.
func (c *call) helpGroup() bool {
	var texts []string
	for _, v := range verbs() {
		if strings.HasPrefix(v.name, c.args[0]+" ") {
			texts = append(texts, v.help())
		}
	}
	c.print(strings.Join(texts, "\n"))
	return len(texts) > 0
}

// print and printf write to standard output. What cannot be written shows when
// the output is flushed at the end.
func (c *call) print(s string) { _, _ = c.out.WriteString(s) }

func (c *call) printf(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format, args...) }

// note writes a remark to standard error, where it is not in the way of what
// is printed.
func (c *call) note(format string, args ...any) {
	complain(c.errOut, fmt.Sprintf(format, args...))
}
