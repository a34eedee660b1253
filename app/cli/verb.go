package cli

import (
	"fmt"
	"slices"
	"strings"
)

// verb is one command.
type verb struct {
	name string // "mailbox add"
	args string // "NAME" or "[MEETING_ID|ACCOUNT]", as the usage line shows it
	does string // one line for the list of commands
	// more is what help adds: a paragraph and examples.
	more string
	// least and most are how many arguments it takes; most -1 is any number.
	least, most int
	flags       []flag
	run         func(*call) error
}

var (
	workspaceFlag = flag{name: "w", value: "DIR", does: "the workspace's folder (else RAPPORT_WORKSPACE, else your own)"}
	helpFlag      = flag{name: "help", does: "say how the command is used"}
	jsonFlag      = flag{name: "json", does: "print JSON, as docs/cli.md describes it"}
	limitFlag     = flag{name: "limit", value: "N", does: "at most so many; 0 is all"}
	zoneFlag      = flag{name: "tz", value: "ZONE", does: "the time zone, like Europe/Amsterdam (else the setting, else the system's)"}
	secretFlag    = flag{name: "password-stdin", does: "read the password from the first line of standard input"}
	userFlag      = flag{name: "user", value: "U", does: "the name to sign in with"}
)

// verbs lists the commands in the order in which help shows them.
func verbs() []*verb {
	return []*verb{
		mailboxProbeVerb(), mailboxAddVerb(), mailboxSetVerb(), mailboxListVerb(), mailboxFoldersVerb(), mailboxPreviewVerb(), mailboxIdleVerb(), mailboxLoginVerb(), mailboxProviderVerb(), mailboxRemoveVerb(),
		calendarAddVerb(), calendarFindVerb(), calendarListVerb(), calendarSyncVerb(), calendarRemoveVerb(),
		feedAddVerb(), feedListVerb(), feedSyncVerb(), feedRemoveVerb(),
		accountAddVerb(), accountShowVerb(), accountMapVerb(), accountSetVerb(), accountRemoveVerb(), accountArchiveVerb(), accountUnarchiveVerb(), accountsVerb(),
		contactAddVerb(), contactShowVerb(), contactSetVerb(), contactRemoveVerb(), contactEraseVerb(), contactsVerb(),
		syncVerb(), ledgerVerb(), importCSVVerb(), importVCardVerb(), importVerb(), timelineVerb(), messagesVerb(), messageVerb(), attachmentListVerb(), attachmentGetVerb(), whyVerb(), agendaVerb(), meetingShowVerb(), searchVerb(), logVerb(),
		briefVerb(), prepareVerb(), debriefVerb(), rehearseVerb(),
		draftReplyVerb(), draftNewVerb(), draftListVerb(), draftDropVerb(), draftAllowVerb(),
		nurtureDueVerb(), nurtureDraftVerb(), nurtureStepVerb(), nurtureDoneVerb(), nurtureDeclineVerb(), contentAddVerb(), contentListVerb(), contentRemoveVerb(),
		touchpointsVerb(), selectionListVerb(), selectionAddVerb(), selectionShowVerb(), selectionRemoveVerb(),
		contactProposalsVerb(), contactAcceptVerb(), contactDeclineVerb(), contactDuplicatesVerb(),
		mergeContactVerb(), unmergeContactVerb(),
		waitingVerb(),
		warmthVerb(), withoutVerb(), rateVerb(),
		promiseAddVerb(), promiseListVerb(), promiseKeepVerb(), promiseDropVerb(),
		feedbackAddVerb(), feedbackListVerb(), feedbackDecideVerb(), feedbackToldVerb(), feedbackProposedVerb(), feedbackConfirmVerb(), feedbackDismissVerb(), feedbackListenVerb(),
		surveyCreateVerb(), surveyListVerb(), surveyDraftVerb(), surveyResultsVerb(), surveyDueVerb(), surveyCloseVerb(),
		needAddVerb(), needListVerb(), needSetVerb(), needCloseVerb(),
		initiativeAddVerb(), initiativeListVerb(), initiativeSetVerb(), initiativeDoneVerb(),
		planShowVerb(), planSetVerb(), planReviewVerb(), planLintVerb(), planDiffVerb(), planShownVerb(), planCorrectionsVerb(), planAcceptVerb(), planDeclineVerb(), planPutVerb(), planTakeBackVerb(), jointListVerb(), jointShowVerb(), jointTickVerb(), jointCorrectVerb(), jointAddVerb(), jointDropVerb(), handoverVerb(),
		leavingShowVerb(), leavingTickVerb(), leavingSetVerb(), leavingAddVerb(),
		teamShowVerb(), teamSetVerb(), teamReviewVerb(), teamLintVerb(), teamDiffVerb(), teamObjectiveVerb(), teamReachVerb(), teamDropVerb(), teamBarrierVerb(), teamClearVerb(), teamJudgeVerb(),
		trainingListVerb(), trainingShowVerb(), trainingAddVerb(), trainingImportVerb(), trainingExportVerb(),
		sessionAddVerb(), sessionTakeVerb(), sessionSetVerb(), sessionListVerb(), trainingSkillVerb(), trainingCoverageVerb(),
		playListVerb(), playShowVerb(), playRunVerb(), playFinishVerb(), playMakeVerb(),
		objectiveAddVerb(), objectiveListVerb(), objectiveSetVerb(), objectiveReachVerb(), objectiveDropVerb(),
		stepAddVerb(), stepListVerb(), stepSetVerb(), stepDoneVerb(), stepDropVerb(),
		insightsAssumeVerb(), insightsVerb(),
		riskAddVerb(), riskListVerb(), riskCloseVerb(), foresightAddVerb(), foresightListVerb(), foresightScoreVerb(),
		factAddVerb(), factListVerb(), factEndVerb(),
		unknownAddVerb(), unknownListVerb(), unknownAnswerVerb(),
		stakeholderSetVerb(), stakeholderListVerb(),
		relationAddVerb(), relationListVerb(), relationRemoveVerb(),
		preferenceAddVerb(), preferenceListVerb(), preferenceConfirmVerb(), preferenceRefuseVerb(), preferenceBreachesVerb(),
		valueAddVerb(), valueListVerb(), offerAddVerb(), offerListVerb(),
		typeAddVerb(), typeListVerb(),
		doorAddVerb(), doorListVerb(), cardVerb(),
		triageProposeVerb(), triageMarkVerb(), triageCriteriaVerb(), triageApplyVerb(), policyListVerb(), policySetVerb(), policyHoursVerb(),
		filingListVerb(), filingAssignVerb(), filingAddVerb(), filingRemoveVerb(), filingIgnoreVerb(), filingHeedVerb(),
		leaveOutAddVerb(), leaveOutListVerb(), leaveOutLiftVerb(), shareListVerb(), shareSetVerb(), undoVerb(),
		spaceCreateVerb(), spaceListVerb(), spaceShareVerb(), spaceInviteVerb(), spaceJoinVerb(), spaceConfirmVerb(), spaceAcceptVerb(), spaceRecoverVerb(), spaceMoveVerb(), spaceSyncVerb(), spaceStatusVerb(), spacePreviewVerb(), spaceMembersVerb(), spaceRoleVerb(), spaceRemoveVerb(), spaceForgetVerb(), deviceListVerb(), deviceWithdrawVerb(),
		bundleExportVerb(), bundleImportVerb(), recoveryKeyVerb(),
		conflictsVerb(), conflictSettleVerb(), historyVerb(), spaceNewsVerb(), trashListVerb(), trashRestoreVerb(),
		inviteVerb(),
		hubInitVerb(), hubCheckVerb(), hubTidyVerb(),
		demoVerb(), doctorVerb(), benchMailVerb(), benchSharingVerb(), benchVerb(), versionVerb(), helpVerb(),
	}
}

// allFlags are the flags of the verb with those of every verb; without a verb,
// only these.
func (v *verb) allFlags() []flag {
	common := []flag{workspaceFlag, helpFlag}
	if v == nil {
		return common
	}
	return append(slices.Clone(v.flags), common...)
}

func (v *verb) flag(name string) (flag, bool) {
	flags := v.allFlags()
	i := slices.IndexFunc(flags, func(f flag) bool { return f.name == name })
	if i < 0 {
		return flag{}, false
	}
	return flags[i], true
}

// findVerb finds the verb that the arguments begin with, the one of most words,
// and what is left of them. No argument is no verb.
func findVerb(args []string) (*verb, []string, error) {
	if len(args) == 0 {
		return nil, nil, nil
	}
	var found *verb
	words, group := 0, 0
	for _, v := range verbs() {
		name := strings.Fields(v.name)
		same := 0
		for same < min(len(name), len(args)) && name[same] == args[same] {
			same++
		}
		switch {
		case same == len(name) && same > words:
			found, words = v, same
		case same < len(name):
			group = max(group, same)
		}
	}
	switch {
	case found != nil:
		return found, args[words:], nil
	case group > 0:
		return nil, nil, incomplete(args, group)
	}
	return nil, nil, unknownVerb(args[0])
}

// incomplete complains about the first words of verbs that have more.
func incomplete(args []string, words int) error {
	group := strings.Join(args[:words], " ")
	var next []string
	for _, v := range verbs() {
		if rest, ok := strings.CutPrefix(v.name, group+" "); ok {
			word, _, _ := strings.Cut(rest, " ")
			if !slices.Contains(next, word) {
				next = append(next, word)
			}
		}
	}
	if len(args) == words {
		return misuse(nil, "say what to do with the %s: %s", group, strings.Join(next, ", "))
	}
	if list := group + "s"; args[words] == "list" && hasVerb(list) {
		return misuse(nil, "unknown command %s list; rapport %s lists them", group, list)
	}
	if near := nearest(args[words], next); near != "" {
		return misuse(nil, "unknown command %s %s; did you mean %s %s?", group, args[words], group, near)
	}
	return misuse(nil, "unknown command %s %s; there is %s", group, args[words], strings.Join(next, ", "))
}

func hasVerb(name string) bool {
	return slices.ContainsFunc(verbs(), func(v *verb) bool { return v.name == name })
}

func unknownVerb(name string) error {
	var names []string
	for _, v := range verbs() {
		first, _, _ := strings.Cut(v.name, " ")
		names = append(names, first)
	}
	if near := nearest(name, names); near != "" {
		return misuse(nil, "unknown command %s; did you mean %s?", name, near)
	}
	return misuse(nil, "unknown command %s", name)
}

func (v *verb) checkCount(args []string) error {
	switch {
	case len(args) < v.least:
		return misuse(v, "%s needs %s", v.name, v.args)
	case v.most >= 0 && len(args) > v.most && v.most == 0:
		return misuse(v, "%s takes no argument, but got %q", v.name, args[0])
	case v.most >= 0 && len(args) > v.most:
		return misuse(v, "%s takes %s, but got %q too; put quotes around words that belong together", v.name, v.args, args[v.most])
	}
	return nil
}

// synopsis is the verb with its arguments and its own flags; those that it
// cannot do without stand among the arguments.
func (v *verb) synopsis() string {
	parts := []string{"rapport", v.name, v.args}
	for _, f := range v.flags {
		if strings.Contains(v.args, "-"+f.name) {
			continue
		}
		s := "-" + f.name
		if f.value != "" {
			s += " " + f.value
		}
		if f.many {
			s += " …"
		}
		parts = append(parts, "["+s+"]")
	}
	return strings.Join(parts, " ")
}

// help is all that there is to say about the verb.
func (v *verb) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s\n\n%s.\n", strings.Join(strings.Fields("rapport "+v.name+" "+v.args+" [FLAG …]"), " "), v.does)
	if v.more != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.Trim(v.more, "\n"))
	}
	b.WriteString("\nFlags:\n")
	for _, f := range v.allFlags() {
		does := f.does
		if f.many {
			does += " (may be given several times)"
		}
		fmt.Fprintf(&b, "  %-18s %s\n", strings.TrimSpace("-"+f.name+" "+f.value), does)
	}
	return b.String()
}
