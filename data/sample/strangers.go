package sample

import "rapport/data"

// unknown are people who write to Larkfield and are nobody's contact: most wait
// to be filed, two are known by the domain of an account.
var unknown = []party{
	stranger("Karin Holt", "k.holt@northmoor.example", "Estates", "Northmoor"),
	stranger("Dev Varma", "dev.varma@northmoor.example", "", "Northmoor University"),
	stranger("Library desk", "library@northmoor.example", "", ""),
	stranger("Sofia Marsh", "sofia@hobday.example", "Architect", "Hobday & Marsh"),
	stranger("piotr.m81", "piotr.m81@freemail.example", "", ""),
	stranger("J. Okonjo", "jokonjo@freemail.example", "", ""),
	stranger("Tess Brown", "tess@fenwick-foundry.example", "Works manager", "Fenwick Foundry"),
	stranger("R. Wold", "rwold@fenwick-foundry.example", "", "Fenwick Foundry"),
	stranger("Box office", "box@orchardstreet.example", "", ""),
	stranger("Mei Tan", "mei.tan@tern-logistics.example", "Planning", "Tern Logistics"),
	stranger("Sander Iqbal", "s.iqbal@tern-logistics.example", "", "Tern Logistics"),
	stranger("Ruben Castle", "ruben@castle-bakery.example", "Owner", "Castle Bakery"),
	stranger("Lena Fuchs", "fuchs@steinbrueck-architekten.example", "Architektin", "Steinbrück Architekten"),
	stranger("Maëlle Tissot", "m.tissot@mairie-sablons.example", "Services techniques", "Mairie des Sablons"),
	// Known by domain alone.
	stranger("Gate 2", "gate@quayside.example", "", ""),
	stranger("Estates desk", "estates.desk@aldervale.example", "", ""),
}

func stranger(name, email, role, firm string) party {
	return party{Address: data.Address{Name: name, Email: email}, role: role, firm: firm}
}

// strangers are the mails that wait in Filing.
func strangers(seed uint64, c cast, d days) []plan {
	w := newWriter(seed, "filing", c, d)
	w.thread("Who signs off?", "",
		say{ago: 14, clock: "09:25", from: "Karin Holt", to: "Priya", cc: "Maya", text: "I am new in Estates and have inherited the atrium. Who signs off the lamps on your side, and who did on ours?"},
		say{ago: 13, clock: "11:00", from: "Priya", to: "Karin Holt", cc: "Maya", text: "Welcome. On our side that is me. On yours it was Ola, for everything above the purchase limit. May I show you the atrium?"},
		say{ago: 7, clock: "08:50", from: "Karin Holt", to: "Priya, Maya", cc: "Dev Varma", text: "Tomorrow at ten would suit me. I copy Dev, who has the ladder keys."},
	)
	w.thread("Atrium lamps, second quote", "",
		say{ago: 6, clock: "16:40", from: "Karin Holt", to: "Maya", text: "After the walk: could we have a second quote for the atrium, without the glass roof? Our finance people want to see both.\n\nKarin Holt\nEstates, Northmoor"},
		say{ago: 1, clock: "09:30", from: "Karin Holt", to: "Maya", subject: "Re: Atrium lamps, second quote", unread: true, text: "No reply needed, only so that you know: finance meets on the 26th, so anything by the 24th is early enough."},
	)
	w.thread("Ladder keys", "",
		say{ago: 6, clock: "12:10", from: "Dev Varma", to: "Maya", cc: "Karin Holt", text: "The ladder keys are at the porter's under your name. The north stair is closed on Fridays."},
	)
	w.thread("Reading room too dim after six", "",
		say{ago: 10, clock: "18:15", from: "Library desk", to: "Maya", text: "Two readers have asked us to pass on that the reading room is too dim after six. We said we would."},
	)
	w.thread("Drawing, cable tray Hall 2", "",
		say{ago: 11, clock: "10:00", from: "Sofia Marsh", to: "Maya, Priya", attach: "Hall 2 tray.pdf", text: "Leon asked me to send the drawing of the tray behind the plinths. The red line is listed, the dotted one is only old."},
		say{ago: 10, clock: "09:15", from: "Maya", to: "Sofia Marsh", text: "Thank you, this saves us a day. We stay off the red line."},
		say{ago: 10, clock: "10:05", from: "Sofia Marsh", to: "Maya", text: "And off the dotted one, if you can. It is also somebody's favourite."},
		say{ago: 4, clock: "14:30", from: "Sofia Marsh", to: "Maya", text: "New version of the tray, nothing has moved but the scale."},
	)
	w.thread("photos from last night", "",
		say{ago: 8, clock: "23:10", from: "piotr.m81", to: "Maya", attach: "cabinet.jpg", text: "Hi,\n\nfrom my own phone because the work one is flat. This is the cabinet after the breaker went, look at the left terminal.\n\nPiotr Malik\nKestrel estates"},
		say{ago: 8, clock: "23:14", from: "piotr.m81", to: "Maya", attach: "cabinet2.jpg", text: "Hi,\n\nand this one is sharper, sorry.\n\nPiotr Malik, Kestrel estates"},
	)
	w.thread("stage lights question", "",
		say{ago: 9, clock: "20:40", from: "J. Okonjo", to: "Maya", text: "Hello, a friend said you know about stage lights. We are an amateur group with forty seats and no money to speak of. Is it safe to use second-hand dimmers?"},
	)
	w.thread("Our yard", "",
		say{ago: 4, clock: "07:55", from: "Tess Brown", to: "Maya", text: "Nadia Brandt at Quayside gave me your name. Our yard is dark, the crane cab is darker, and the night shift has had enough. Do you look at places like ours?"},
		say{ago: 3, clock: "10:20", from: "R. Wold", to: "Maya", cc: "Tess Brown", text: "Tess asked me to add that the yard has 400 volts at the gate and nothing at the far end."},
		say{ago: 3, clock: "11:45", from: "Tess Brown", to: "Maya", cc: "R. Wold", text: "He is right, and he put it there himself."},
	)
	for i, text := range []string{
		"Two seats in row F look straight into a lamp. Guests keep moving. Can somebody tilt it?",
		"The lamp above the till went out on Saturday and came back by itself on Sunday.",
		"There will be a film crew in the foyer on the 28th. Do they have to tell you?",
		"Row F is better, thank you. Now it is row G.",
		"Abi is away until Monday, so I am asking you: which switch is the cleaners' light?",
	} {
		w.thread([]string{"Row F", "Till lamp", "Film crew", "Row G", "Cleaners' light"}[i], "",
			say{ago: 27 - 4*i, clock: "17:20", from: "Box office", to: "Maya", text: text})
	}
	w.thread("Thursday, gate times", "",
		say{ago: 7, clock: "13:15", from: "Mei Tan", to: "Elin", cc: "Maya", text: "For Thursday: the gate opens at 9:40 for you, not before, because of the night trucks."},
		say{ago: 6, clock: "08:30", from: "Elin", to: "Mei Tan", cc: "Maya", text: "9:40 is fine. We are two, one van."},
		say{ago: 6, clock: "08:52", from: "Mei Tan", to: "Elin", cc: "Maya", text: "Plate number please, otherwise they will turn you round."},
		say{ago: 4, clock: "15:00", from: "Mei Tan", to: "Elin, Maya", text: "Got it. Shed 4 is yours until eleven."},
	)
	w.thread("Forklift lanes", "",
		say{ago: 5, clock: "17:05", from: "Sander Iqbal", to: "Maya", cc: "Elin", text: "Before you plan any masts: lanes 2 and 3 will swap in January. It is not on any drawing yet."},
	)
	w.thread("A quote for a bakery", "",
		say{ago: 3, clock: "05:30", from: "Ruben Castle", to: "Maya", text: "We bake from two in the morning and our light makes good bread look grey. We are small: one room, six lamps. Is that too small for you?"},
	)
	w.thread("Anfrage: Lichtplanung Markthalle", "de",
		say{ago: 12, clock: "11:35", from: "Lena Fuchs", to: "Maya", attach: "Markthalle Entwurf.pdf", text: "Wir suchen für die alte Markthalle einen Partner, der Denkmalschutz nicht als Schikane versteht. Ein größerer Entwurf hängt an. Hätten Sie im Dezember Zeit für ein Gespräch?"},
	)
	w.thread("Éclairage de la place", "fr",
		say{ago: 16, clock: "15:20", from: "Maëlle Tissot", to: "Maya", text: "La commune souhaite rénover l'éclairage de la place, en respectant le ciel nocturne. Seriez-vous intéressés par une première visite ? Nous pouvons vous accueillir dès janvier."},
	)
	return w.plans
}
