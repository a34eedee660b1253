package cli

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

func TestEveryCommandFlagAndFieldIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := string(text)
	for _, v := range verbs() {
		if v.name == "help" {
			continue
		}
		_, section, found := strings.Cut(docs, "### `rapport "+v.name+" ")
		if !found {
			_, section, found = strings.Cut(docs, "### `rapport "+v.name+"`")
		}
		if !found {
			t.Errorf("docs/cli.md has no heading for %s", v.name)
			continue
		}
		section, _, _ = strings.Cut(section, "### ")
		for _, f := range v.flags {
			if !strings.Contains(section, "-"+f.name) {
				t.Errorf("docs/cli.md says nothing of %s -%s", v.name, f.name)
			}
		}
	}
	for command, shape := range map[string]any{
		"space list": spaceJSON{}, "space recover": recoveredJSON{}, "contact erase": erasedJSON{}, "space forget": forgottenJSON{}, "space share": sharedJSON{}, "space sync": exchangedJSON{}, "space status": statusJSON{}, "space members": memberJSON{},
		"hub check": hubJSON{}, "hub tidy": tidiedJSON{}, "conflicts": conflictJSON{}, "history": historyJSON{}, "space news": spaceNewsJSON{}, "trash list": trashedJSON{},
		"touchpoints": touchpointJSON{}, "selection list": selectionJSON{}, "selection show": entryJSON{},
		"mailbox probe": probeJSON{}, "mailbox idle": newsJSON{}, "mailbox list": mailboxJSON{}, "calendar list": calendarJSON{}, "feed list": feedJSON{}, "calendar find": foundCalendarJSON{}, "invite": followUpJSON{}, "sync": ledgerJSON{}, "accounts": accountJSON{},
		"contacts": contactJSON{}, "timeline": timelineJSON{}, "messages": messageJSON{}, "agenda": agendaJSON{},
		"filing list": waitingGroupJSON{}, "filing assign": decidedJSON{}, "undo": undoneJSON{}, "mailbox folders": folderJSON{},
		"why": whyJSON{}, "draft reply": draftJSON{}, "nurture due": nurtureJSON{}, "nurture content list": contentJSON{}, "attachment list": attachmentJSON{}, "attachment get": fileJSON{}, "search": foundJSON{}, "brief": briefJSON{}, "prepare": preparationJSON{}, "debrief": debriefJSON{}, "doctor": checkupJSON{}, "bench": measuredJSON{},
		"value list": valueJSON{}, "offer list": offerJSON{}, "import csv": listJSON{}, "import vcard": cardsJSON{},
		"waiting": waitingMailJSON{}, "contact proposals": contactProposalJSON{}, "contact duplicates": duplicateJSON{},
		"triage propose": triageJSON{}, "door list": doorJSON{}, "triage criteria": criterionJSON{}, "triage apply": appliedJSON{}, "policy list": policyJSON{}, "policy hours": teamHoursJSON{},
		"merge contact": mergeJSON{}, "unmerge contact": unmergeJSON{},
		"account show": accountShownJSON{}, "contact show": contactShownJSON{}, "rate": ratingJSON{}, "promise list": promiseJSON{}, "need list": needJSON{},
		"feedback list": feedbackJSON{}, "feedback proposed": heardJSON{}, "feedback listen": listenJSON{}, "survey list": surveyJSON{}, "survey draft": invitedJSON{}, "survey results": resultsJSON{}, "survey due": dueSurveyJSON{},
		"initiative list": initiativeJSON{}, "fact list": factJSON{}, "unknown list": unknownJSON{}, "stakeholder list": stakeholderJSON{},
		"plan show": planJSON{}, "plan put": jointPutJSON{}, "joint list": jointListJSON{}, "joint show": jointJSON{}, "plan corrections": correctionJSON{}, "plan lint": findingJSON{}, "plan diff": sheetChangeJSON{}, "objective list": objectiveJSON{}, "step list": stepJSON{},
		"insights [": insightsJSON{}, "insights assume": insightRulesJSON{},
		"leaving show": leavingJSON{}, "plan team show": teamPlanJSON{}, "plan team set": teamHeadJSON{}, "plan team objective": teamObjectiveJSON{}, "plan team barrier": barrierJSON{}, "plan team judge": readinessJSON{},
		"training list": noteJSON{}, "training session add": sessionJSON{}, "training skill": skillJSON{}, "training coverage": coverageJSON{}, "play list": playJSON{}, "play run": playRunJSON{}, "rehearse": cardJSON{}, "training import": notesReadJSON{}, "training export": notesWrittenJSON{},
		"risk list": riskJSON{}, "foresight list": foresightJSON{},
		"relation list": relationJSON{}, "preference list": preferenceJSON{}, "preference breaches": breachJSON{}, "type list": profileJSON{},
	} {
		_, section, _ := strings.Cut(docs, "### `rapport "+command)
		section, _, _ = strings.Cut(section, "### ")
		for _, name := range namesIn(reflect.TypeOf(shape)) {
			if !strings.Contains(section, "`"+name+"`") {
				t.Errorf("docs/cli.md, %s: no field %s", command, name)
			}
		}
	}
}

// namesIn are the JSON names of a type and of all that it holds.
func namesIn(t reflect.Type) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names = append(names, name)
		}
		names = append(names, namesIn(f.Type)...)
	}
	return names
}

func TestVersionIsThatOfThePackage(t *testing.T) {
	text, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `Version = "`+Version+`"`) {
		t.Errorf("FyneApp.toml does not say version %s", Version)
	}
}
