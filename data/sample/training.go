package sample

import (
	"strings"

	"rapport/data"
)

// trainingTopics are the columns of skillTable.
var trainingTopics = []string{"Hard talks", "Listening", "Light and art", "Price talk", "Handover", "Finance"}

// skillTable says who of Larkfield can do what, a digit for each topic: 0 not yet, 1
// knows it, 2 practised, 3 leads others.
var skillTable = []struct {
	who    Person
	levels string
}{
	{maya, "231222"}, {elin, "222321"}, {daniel, "123100"}, {tomas, "131030"}, {priya, "231131"}, {joris, "010213"}, {ruth, "333323"},
}

// trainingNotes: title | topic | for | level | by | age | account | situation | text
const trainingNotes = `
Lux and UV, to a conservator | Light and art | Sales, Support | new here | Daniel Achterberg | 80 | Kestrel Museums | | Words to use and to avoid.##- Say hours of light in a year, never watts.#- Say what a loan allows, then what we measure.#- Never say harmless.##> Ask me what it does to the paper, not what it costs.
What a split invoice saves them | Finance | | new here | Joris Dekker | 40 | Kestrel Museums | | For everyone who hears the word billing.##- One order, one site, one cost centre.#- Ask who pays before you ask whether.
Who decides in a hospital | Listening | Sales | practised | Elin Sandvik | 120 | Alder Vale Hospitals | | The ward sister decides what the estates manager signs.##- Ask who is woken at night.#- Bring a lamp, not a sheet.
Colour, in words that a printer uses | Light and art | Support | practised | Daniel Achterberg | 210 | Pell & Sons Printing | | A printer speaks of a sheet under a lamp.##- Never say colour rendering; say the red of this page.
Night work on a pier | Handover | Delivery | practised | Tomas Olsen | 60 | Quayside Ferries | | What the crew on a pier must hear before we come.##- [ ] Crane slot confirmed#- [ ] Safety officer told#- [ ] Somebody with a key until four
What energy figures may be shown | Finance | Finance, Sales | practised | Joris Dekker | 95 | Northmoor University | | Readings first, savings after a year.
The first ten minutes | Listening | | new here | Ruth Abara | 150 | | first meeting | Nobody listens to us before they were heard.##- Ask what a good year is.#- Write their word down, not ours.
How we say no | Hard talks | | practised | Ruth Abara | 180 | | they owe us | A no has a reason and something else in its place.
Reading a tender for what is not in it | Price talk | Sales | practised | Elin Sandvik | 130 | | price | Who wrote it, what hurt them last time, and what they cannot ask for.
Handing over a site | Handover | Delivery, Support | new here | Priya Raman | 70 | | first order | Drawings, keys, names, and who rings whom at night.
When a lamp fails in an open hall | Hard talks | Support | new here | Tomas Olsen | 30 | | | Go there first, explain later. People forgive the lamp.
What a care contract is worth | Price talk | Sales, Finance | leads others | Joris Dekker | 110 | | | Count their hours on the ladder, not our visits.
`

// focusGroups: title | topic | for | age | themes | what we change
const focusGroups = `
Focus group: unanswered calls | Listening | Support, Delivery | 74 | Nobody owns the second call; The night number rings twice; Names are spelled as heard; No word back after a repair; Parts are promised by feel | The night number goes to one phone; Who takes a call writes the name it came from
Focus group: what finance hears | Finance | Finance | 130 | Site names differ from ours; Credit notes come late; Nobody says thank you for early pay | Site names are theirs from now on
Focus group: late promises | Hard talks | | 210 | We promise in the lift; Friday means Monday; Nobody likes to be the one to say it | Promises are typed while the call lasts; A late one is said the same day
`

// sessions: title | topic | age | at | minutes | where | place | trainer | outside | fee | who | expects | observed
const sessions = `
Hard talks | Hard talks | -1 | 14:00 | 120 | in-house | Room 4 | Ida Moss | yes | 900 | all | late promises 9% to 5% |
Answering a complaint | Listening | 96 | 10:00 | 90 | in-house | Room 4 | Ruth Abara | | 0 | all | answers within a day | complaint answers 26 h to 9 h
Price without fear | Price talk | 160 | 13:00 | 180 | off-site | The boathouse | Anton Verhulst | yes | 1400 | Maya, Elin, Joris, Ruth | margin of service 2 points up | margin of service 1 point up
Paper, paint and light | Light and art | 190 | 09:30 | 150 | off-site | Print room | Ines Fournier | yes | 350 | Maya, Daniel, Tomas | fewer second visits | second visits 11 to 6
Handing over to the workshop | Handover | 240 | 15:00 | 60 | in-house | Workshop | Priya Raman | | 0 | Tomas, Priya, Elin | nothing promised that delivery does not know | 3 surprises a month to 1
Reading an invoice as they do | Finance | 260 | 11:00 | 45 | in-house | Room 4 | Joris Dekker | | 0 | all | fewer questions to Joris | questions 20 a month to 12
Listening at night | Listening | 320 | 16:00 | 60 | online | | Tomas Olsen | | 0 | Tomas, Priya | |
First words with a stranger | Listening | 380 | 10:00 | 120 | in-house | Room 4 | Ruth Abara | | 0 | all | | second meetings 6 of 10 to 8 of 10
`

// uses: play or note | account | age | outcome | what came of it | by
const uses = `
play-late-promise | Alder Vale Hospitals | 258 | helped | Femi moved the trial himself and thanked us | Ruth Abara
play-late-promise | Quayside Ferries | 230 | helped | Owen had feared worse | Maya Lindqvist
play-late-promise | Northmoor University | 190 | helped | Ola took the raw readings to his board | Elin Sandvik
play-late-promise | Tern Logistics | 140 | same | Jun had not noticed | Elin Sandvik
play-late-promise | Kestrel Museums | 120 | helped | Beatrice asked for the new date in writing, and kept it | Maya Lindqvist
play-late-promise | Wexcombe Housing | 101 | worse | We told the wrong person first | Priya Raman
play-late-promise | Alder Vale Hospitals | 66 | helped | Clara wrote that it is good to know | Maya Lindqvist
play-late-promise | Quayside Ferries | 31 | helped | Piet paid in between | Joris Dekker
play-late-promise | Alder Vale Hospitals | 5 | helped | Femi said thank you twice | Maya Lindqvist
play-give-first | Quayside Ferries | 200 | helped | Nadia spoke for us at Fenwick | Maya Lindqvist
play-give-first | Northmoor University | 150 | helped | The second stair came to us | Elin Sandvik
play-give-first | Kestrel Museums | 118 | same | Martin thanked us and waited | Maya Lindqvist
play-give-first | Quayside Ferries | 90 | helped | The reference visit took place | Maya Lindqvist
play-give-first | Northmoor University | 60 | helped | Sunniva shows our figures | Elin Sandvik
play-give-first | Brannock Brewing | 25 | worse | Dirk felt bought | Maya Lindqvist
play-first-100 | Tern Logistics | 45 | | | Elin Sandvik
play-first-100 | Northmoor University | 300 | helped | Marek resets the scenes himself | Priya Raman
play-first-100 | Alder Vale Hospitals | 280 | helped | The night sister trains the new ones | Priya Raman
play-silence | Pell & Sons Printing | 70 | same | Gwen answered, and no more | Elin Sandvik
play-first-meeting | Tern Logistics | 60 | helped | Jun named three others | Elin Sandvik
Lux and UV, to a conservator | Kestrel Museums | 70 | helped | Ines lent us the sample case | Daniel Achterberg
Lux and UV, to a conservator | Kestrel Museums | 54 | helped | | Maya Lindqvist
Lux and UV, to a conservator | Northmoor University | 44 | helped | Philippa wants it for the rare books | Elin Sandvik
Lux and UV, to a conservator | Kestrel Museums | 20 | same | | Daniel Achterberg
What a split invoice saves them | Kestrel Museums | 27 | helped | Grace asked when it starts | Joris Dekker
What a split invoice saves them | Quayside Ferries | 15 | helped | | Joris Dekker
`

// training is what Larkfield learned: who can do what, notes, sessions, and what
// came of plays.
func (r *relator) training() {
	for i, row := range skillTable {
		for k, topic := range trainingTopics {
			step := int(row.levels[k] - '0')
			if step == 0 {
				continue
			}
			age := 40 + 17*((i*len(trainingTopics)+k)%11)
			if row.who.Name == maya.Name && topic == "Hard talks" {
				age = 400 // its refresher is over
			}
			s := data.Skill{Belongs: r.belongs("", "", age), Member: row.who.Name, Topic: topic, Level: data.SkillLevels[step-1], On: r.date(age)}
			s.ID = data.SkillID(s.Member, s.Topic)
			r.add(s)
		}
	}
	notes := map[string]string{}
	r.fields(trainingNotes, func(f []string) {
		n := data.TrainingNote{Belongs: r.belongs("", "", number(f[5])), Title: f[0], Topic: f[1], Departments: listed(f[2], ","), Level: data.StaffLevel(f[3]), By: f[4], On: r.date(number(f[5])),
			Accounts: listed(f[6], ","), Situations: listed(f[7], ",")}
		n = n.WithBlocks(blocksOf(f[8]))
		notes[n.Title] = n.ID
		r.add(n)
	})
	r.fields(focusGroups, func(f []string) {
		r.add(data.Session{Belongs: r.belongs("", "", number(f[3])), Title: f[0], Topic: f[1], Form: data.FormFocusGroup, Departments: listed(f[2], ","), On: r.date(number(f[3])),
			Where: data.AtHome, Trainer: ruth.Name, Themes: listed(f[4], ";"), FollowUps: listed(f[5], ";")})
	})
	r.fields(sessions, func(f []string) {
		age := number(f[2])
		s := data.Session{Belongs: r.belongs("", "", max(age, 20)), Title: f[0], Topic: f[1], On: r.date(age), At: f[3], Minutes: number(f[4]), Where: data.SessionPlace(f[5]), Place: f[6],
			Trainer: f[7], Outside: f[8] != "", FeeCents: int64(100 * number(f[9])), HourCents: 6000, Attendees: colleagues(f[10]), Expects: f[11], Observed: f[12]}
		if s.Observed != "" {
			s.ObservedOn = r.date(max(age-60, 1))
		}
		r.add(s)
	})
	r.fields(uses, func(f []string) {
		age, play := number(f[2]), f[0]
		if id := notes[play]; id != "" {
			play = id
		}
		u := data.PlayRun{Belongs: r.belongs(f[1], "", age), Play: play, Begun: r.date(age), Outcome: data.RunOutcome(f[3]), Why: f[4], By: f[5]}
		if u.Outcome != "" {
			u.Ended = u.Begun
		}
		r.add(u)
	})
}

// listed are the parts of a list, without room around them.
func listed(s, by string) (list []string) {
	for _, part := range strings.Split(s, by) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// blocksOf parts a text in which # ends a line into its blocks.
func blocksOf(s string) (blocks []string) {
	for _, b := range strings.Split(s, "##") {
		blocks = append(blocks, strings.ReplaceAll(strings.TrimSpace(b), "#", "\n")+"\n\n")
	}
	return blocks
}

// colleagues are those named by their first names, or all.
func colleagues(s string) (names []string) {
	for _, p := range team {
		first, _, _ := strings.Cut(p.Name, " ")
		if s == "all" || strings.Contains(s, first) {
			names = append(names, p.Name)
		}
	}
	return names
}
