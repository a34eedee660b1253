package app

// waitsHere says whether the list in view is that of those who wait, and a row
// is current.
func (p *filing) waitsHere() bool {
	i, ok := p.current()
	return ok && i.kind == filingSender
}

func (p *filing) commands() []command {
	list := append(moveCommands(p.list), p.rowCommands()...)
	list = append(list, command{name: "File all sure ones", words: "everybody without doubt", icon: "check-check",
		when: func() bool { return p.view == toFile && !p.head.sure.Hidden }, do: p.fileSure})
	for i, name := range filingLists {
		list = append(list, command{name: "Show " + name, words: "filing list", icon: "list-filter", do: func() { p.turn(i) }})
	}
	return list
}

// rowCommands are what can be done with the current row, or those picked.
func (p *filing) rowCommands() []command {
	return []command{
		{name: "File to the account proposed", words: "yes confirm accept", icon: "check", key: "Y", when: p.waitsHere, do: p.file},
		{name: "File to another account", words: "other choose new account", icon: "building-2", key: "A", when: p.waitsHere, do: p.choose},
		{name: "Not a customer", words: "ignore no private", icon: "user-round-minus", key: "N", when: p.waitsHere, do: p.ignore},
		{name: "Later", words: "snooze put off", icon: "clock", key: "S", when: p.waitsHere, do: p.putOff},
		{name: "File everybody at this domain", words: "whole domain account", icon: "globe", key: "Shift Y", when: p.waitsHere, do: p.fileDomain},
		{name: "Nobody at this domain is a customer", words: "ignore whole domain", icon: "globe", key: "Shift N", when: p.waitsHere, do: p.ignoreDomain},
		{name: neverAgainName, words: "forget leave out for good sender domain delete", icon: "eye-off", when: p.waitsHere, do: p.neverAgain},
		{name: "Pick or unpick", words: "select several", icon: "check", key: "Space", when: p.waitsHere, do: func() { p.pick(p.list.Current()) }},
		{name: "Read the latest mail", words: "open message", icon: "mail", key: "Enter", when: p.canRead, do: p.read},
		{name: "Take back", words: "undo decision", icon: "undo-2", key: "U", when: p.canTakeBack, do: p.takeBack},
	}
}

// neverAgain asks how much of the current sender is to be forgotten for good.
func (p *filing) neverAgain() {
	if i, ok := p.current(); ok && i.kind == filingSender {
		p.w.neverAgain(i.proposal.Sender.Email, "")
	}
}

// canRead says whether a mail belongs to the current row.
func (p *filing) canRead() bool {
	i, ok := p.current()
	return ok && (i.kind == filingSender || i.past.message != "" || p.folds)
}

func (p *filing) hints() []hint {
	move := hint{[]string{"J", "K"}, "move"}
	switch p.view {
	case toFile:
		return []hint{move, {[]string{"Space"}, "pick"}, {[]string{"Y"}, "file"}, {[]string{"A"}, "other"}, {[]string{"N"}, "not a customer"}}
	case skippedByRule:
		return []hint{move, {[]string{"Enter"}, "read"}}
	}
	return []hint{move, {[]string{"U"}, "take back"}}
}
