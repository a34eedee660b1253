package data

// starter is a play that Rapport brings.
type starter struct {
	id, name, about, topic string
	stage                  PlayStage
	rests                  string
	situations, stages     []string
	level                  StaffLevel
	departments            []string
	steps                  []PlayStep
	questions              []string
}

// StarterPlays are the plays that every team begins with, each with what it rests
// on. They are in no workspace: changing one keeps the team's own under its ID.
func StarterPlays() []Play {
	list := make([]Play, len(starters))
	for i, s := range starters {
		list[i] = Play{Belongs: Belongs{ID: s.id}, Name: s.name, About: s.about, Topic: s.topic, Stage: s.stage, Rests: s.rests, Situations: s.situations,
			Stages: s.stages, Level: s.level, Departments: s.departments, Questions: s.questions, By: "Rapport"}.WithSteps(s.steps...)
	}
	return list
}

var starters = []starter{
	{
		id: "play-late-promise", name: "When we are late with a promise", about: "Say it first, bring what you have, new date", topic: "Hard talks", stage: PlayHardTalk,
		rests:      "Tax, Brown & Chandrashekaran 1998, Journal of Marketing 62(2): being told early, fairly and by a person weighs more than the remedy",
		situations: []string{"late promise"}, level: LevelPractised,
		steps: []PlayStep{
			{What: "Tell them before they ask", When: "Same day", Why: "By the channel they like", Text: "[name], we said [what] by [day]. It will not be there. Here is why, and what you have today."},
			{What: "Bring what is ready", Why: "Raw readings beat a perfect page later"},
			{What: "Name one new date and one person", Why: "Goes into promises at once", Text: "[person] brings it by [day]. If that moves, you hear it from us first."},
			{What: "Ask what the delay cost them", Why: "Write it down in their words"},
		},
		questions: []string{"What did our delay cost you?", "What would help you most until then?"},
	},
	{
		id: "play-first-meeting", name: "First meeting", about: "Learn what they are judged by before you show anything", topic: "Listening", stage: PlayKnow,
		rests:      "Doney & Cannon 1997, Journal of Marketing 61(2): trust in a supplier begins with the person who comes; Brooks & John 2018, Harvard Business Review 96(3), on follow-up questions",
		situations: []string{"first meeting"}, level: LevelNew,
		steps: []PlayStep{
			{What: "Read what is known and what is not", When: "The day before", Why: "The brief has both"},
			{What: "Ask what a good year is for them", When: "First ten minutes", Why: "And who says so"},
			{What: "Ask one follow-up to each answer", Why: "Before anything of ours is shown"},
			{What: "Leave one useful thing", Why: "A name, a figure, a warning; nothing to buy"},
			{What: "Write their words down", When: "Same day", Why: "Needs and open questions, in quotes"},
		},
		questions: []string{"What would make this year a good one for you?", "Who else feels it when this goes wrong?", "What have you tried, and what did you learn from it?"},
	},
	{
		id: "play-second-voice", name: "A second voice", about: "One live contact is one resignation away from silence", topic: "Handover", stage: PlayInterest,
		rests:  "Bendapudi & Leone 2002, Journal of Marketing 66(2): several contacts on both sides keep a relation when one leaves",
		stages: []string{"interest"}, level: LevelPractised,
		steps: []PlayStep{
			{What: "Ask your contact who else feels the trouble", Why: "In a talk, not by mail"},
			{What: "Bring a colleague of the same trade", When: "Next meeting", Why: "Finance to finance, workshop to workshop"},
			{What: "Give each pair one thing to settle", When: "Within two weeks", Why: "A pair without a task goes quiet"},
			{What: "Thank the one who opened the door", When: "Same week"},
		},
		questions: []string{"Who would miss this first if it stopped?", "Who should hear of this from you rather than from us?"},
	},
	{
		id: "play-give-first", name: "Give before you ask", about: "Proof of value, then one clear ask", topic: "Price talk", stage: PlayTrust,
		rests:  "Palmatier, Jarvis, Bechkoff & Kardes 2009, Journal of Marketing 73(5): gratitude for what was given freely drives what is given back",
		stages: []string{"trust"}, level: LevelPractised, departments: []string{"Sales"},
		steps: []PlayStep{
			{What: "See that no promise of ours is over", Why: "Else keep that first"},
			{What: "Give something that is of use by itself", When: "Two weeks before", Why: "In their measure, not in ours"},
			{What: "Show what they gained, with its evidence", Why: "In the value ledger, agreed by them"},
			{What: "Ask for one thing", Why: "Say why them, and that no is fine", Text: "[name], you gained [value]. Would you [one thing]? If it does not suit you, nothing changes between us."},
			{What: "Say what came of it", When: "Within a week"},
		},
		questions: []string{"Which of the things we did was worth most to you?", "What would you want to see before you recommend us?"},
	},
	{
		id: "play-first-100", name: "First hundred days", about: "After the first order, from bought to at home", topic: "Handover", stage: PlayFirst100,
		rests:      "Grönroos 1994, Management Decision 32(2): the relation is made in use, after the sale; Dwyer, Schurr & Oh 1987, Journal of Marketing 51(2), on expansion after first exchange",
		situations: []string{"first order"}, level: LevelPractised, departments: []string{"Delivery"},
		steps: []PlayStep{
			{What: "Say who does what from now on", When: "Day 1", Why: "Names, faces, numbers of both sides"},
			{What: "Write down what success is for them", When: "Day 3", Why: "In their words, with a figure"},
			{What: "Hand over from sales to delivery in one room", When: "Day 7", Why: "They hear it said"},
			{What: "Call without a reason", When: "Day 14", Role: "Delivery"},
			{What: "Look at the first result together", When: "Day 30"},
			{What: "Mend the first thing that went wrong", When: "Day 35", Why: "There is one; ask for it"},
			{What: "Meet who pays the invoice", When: "Day 45", Role: "Finance"},
			{What: "Teach one of theirs to do without us", When: "Day 60"},
			{What: "Ask three people how it is", When: "Day 75", Why: "One who uses it, one who pays, one who doubted"},
			{What: "Say what we learned and changed", When: "Day 90"},
			{What: "Agree on the rhythm from here", When: "Day 100"},
		},
		questions: []string{"What did you expect by now that has not happened?", "Who uses it, and who avoids it?"},
	},
	{
		id: "play-silence", name: "When they went quiet", about: "Come back with something of theirs, not with a reminder", topic: "Listening", stage: PlaySilence,
		rests:      "Dwyer, Schurr & Oh 1987, Journal of Marketing 51(2): relations dissolve first in one head, unsaid; Rapport's warmth measures silence against the agreed rhythm",
		situations: []string{"silence"},
		steps: []PlayStep{
			{What: "Read what was said last, and by whom", Why: "An unanswered question of theirs explains most silences"},
			{What: "Answer that first", When: "Same day"},
			{What: "Bring one thing about their own work", When: "Within three days", Why: "By a call where they like calls", Text: "[name], I read that [news]. Does it change [their goal]?"},
			{What: "Ask plainly whether something is wrong", When: "After a week", Why: "To a person, not to a mailbox"},
			{What: "Ask somebody else there", When: "After two weeks"},
		},
		questions: []string{"Did we miss something that mattered to you?", "Is this still a good rhythm for you?"},
	},
	{
		id: "play-critic", name: "A critic in the room", about: "Let the reason be said before yours", topic: "Hard talks", stage: PlayHardTalk,
		rests:      "Rogers & Farson 1957, Active Listening; Fisher & Ury 1981, Getting to Yes: interests before positions",
		situations: []string{"critic in the room"}, level: LevelPractised,
		steps: []PlayStep{
			{What: "Read why they are against it", When: "The day before", Why: "The dated reason, not the mood"},
			{What: "Give them the first word", When: "First ten minutes"},
			{What: "Say it back until they say yes, that is it", Why: "Their words, without but"},
			{What: "Own what is ours", Why: "With the year and the place"},
			{What: "Ask what would show them that it is mended", Why: "That is the measure from now on"},
		},
		questions: []string{"What went wrong last time, from where you stood?", "What would you need to see to think otherwise?"},
	},
	{
		id: "play-price", name: "When the talk turns to price", about: "Find out what the price is compared with", topic: "Price talk", stage: PlayPrice,
		rests:      "Ulaga & Eggert 2006, Journal of Marketing 70(1): in key supplier relations benefits of the relation outweigh cost; Fisher & Ury 1981 on objective criteria",
		situations: []string{"price"}, level: LevelPractised, departments: []string{"Sales", "Finance"},
		steps: []PlayStep{
			{What: "Do not answer with a number", Why: "Ask compared with what, and for whom"},
			{What: "Put what they gained on the table", Why: "Proven entries of the value ledger only"},
			{What: "Take away before you take off", Why: "A smaller scope shows what is valued"},
			{What: "Give only against something", Why: "A longer term, earlier pay, a reference"},
			{What: "Tell the rest of us the same day", When: "Same day", Why: "One customer, one price"},
		},
		questions: []string{"Compared with what is it too much?", "Which part could you do without?", "Who else decides by this number?"},
	},
	{
		id: "play-complaint", name: "Close the circle", about: "They said it; tell them what became of it", topic: "Listening", stage: PlayInterest,
		rests:      "Markey, Reichheld & Dullweber 2009, Harvard Business Review 87(12): closing the loop with the person who spoke, within days",
		situations: []string{"open need"},
		steps: []PlayStep{
			{What: "Thank them and say it back", When: "Within 48 hours"},
			{What: "Decide, with a reason", When: "Within two weeks", Why: "No is an answer, silence is not"},
			{What: "Tell them the decision yourself", Why: "With the reason and who else it helps"},
			{What: "Name them where it is built", Why: "If they like that"},
		},
		questions: []string{"Did we understand you rightly?", "Who else has this trouble?"},
	},
	{
		id: "play-they-owe", name: "When they owe us something", about: "Ask for help, not for performance", topic: "Hard talks", stage: PlayHardTalk,
		rests:      "Morgan & Hunt 1994, Journal of Marketing 58(3): commitment and trust keep promises where power does not",
		situations: []string{"they owe us"},
		steps: []PlayStep{
			{What: "See that we owe them nothing", Why: "Else keep ours first"},
			{What: "Ask what stands in the way", Why: "By call", Text: "[name], we spoke of [what] for [day]. What stands in the way, and can we take some of it off you?"},
			{What: "Take one piece of it", Why: "A draft, a list, a first version"},
			{What: "Agree on a date that they name"},
		},
		questions: []string{"What stands in the way?", "Which piece of it could we do?"},
	},
	{
		id: "play-win-back", name: "Win them back", about: "Why they left, what changed, no discount first", topic: "Listening", stage: PlayWinBack,
		rests:      "Stauss & Friege 1999, Journal of Service Research 1(4): regain by cause, those who were pulled away otherwise than those we pushed away",
		situations: []string{"win back"}, level: LevelPractised,
		steps: []PlayStep{
			{What: "Find out why, from them", Why: "We pushed, another pulled, or the need ended"},
			{What: "Stop here if the need ended", Why: "Thank them; ask how they are in a year"},
			{What: "Mend the cause before you write", Why: "With a name and a date"},
			{What: "Say what changed, and by whom", Text: "[name], you left because of [reason]. [person] changed [what] in [month]. I should like your eyes on it, not your order."},
			{What: "Offer one small thing together", When: "Within a month"},
		},
		questions: []string{"What was the moment in which you decided?", "What works better for you now?"},
	},
	{
		id: "play-let-go", name: "Let go well", about: "Leave nobody worse off, and the door unlocked", topic: "Handover", stage: PlayLetGo,
		rests:      "Alajoutsijärvi, Möller & Tähtinen 2000, European Journal of Marketing 34(11/12): a beautiful exit harms neither side nor those around; Havila & Wilkinson 2002, Industrial Marketing Management 31(3)",
		situations: []string{"leaving"},
		steps: []PlayStep{
			{What: "Decide in the open, with the reason", Why: "Ours or theirs, written down"},
			{What: "Tell the person first, then the firm", Why: "By voice"},
			{What: "Keep or hand back every promise", When: "Before the last day"},
			{What: "Name who helps them next", Why: "Asked, and willing"},
			{What: "Hand over what is theirs", Why: "Files, keys, knowledge"},
			{What: "Ask what we should have done", When: "Last meeting"},
			{What: "Ask how they are", When: "After half a year"},
		},
		questions: []string{"What should we have done otherwise?", "What do you still need from us to go on without us?"},
	},
	{
		id: "play-handover", name: "A colleague takes over", about: "They meet both of you before one of you goes", topic: "Handover", stage: PlayTrust,
		rests: "Bendapudi & Leone 2002, Journal of Marketing 66(2): customers stay when the successor is met, known and given authority beforehand",
		steps: []PlayStep{
			{What: "Tell them before they hear it", When: "Four weeks before"},
			{What: "Meet with both of you", When: "Three weeks before", Why: "The one who goes says what matters to them"},
			{What: "Hand over the open promises by name", When: "Two weeks before"},
			{What: "Let the successor keep the first one", When: "First week", Why: "Small, and early"},
			{What: "Ask whether something is lost", When: "After six weeks"},
		},
		questions: []string{"What did [colleague] know that must not be lost?", "How do you like to be told when something goes wrong?"},
	},
}
