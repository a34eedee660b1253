package sample

// fault is a mail with one thing wrong, known by name. Its text holds {date},
// {from}, {to}, {id}, {email} and {quote}.
type fault struct {
	name  string
	ago   int
	clock string
	from  string
	raw   string
}

const head = "Date: {date}\nFrom: {from}\nTo: {to}\n"

// faults are sorted by what they break. Bytes above 0x7f are written as \x
// where they are no UTF-8.
var faults = []fault{
	{"no Message-ID", 64, "10:12", "Owen Pryce", head + "Subject: Mast 6, bolt size\n\nIt is M20, not M16. I have measured it twice.\n\nOwen\n"},
	{"no Message-ID, HTML only", 140, "11:03", "Femi Adeyemi", head + "Subject: Rota sheet\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Dear Maya,</p><p>the rota is on the wall &amp; in the <b>red</b> folder.</p><p>Femi</p>\n"},
	{"empty subject and no Message-ID", 333, "07:58", "Dirk Ammers", head + "Subject:\n\nMoin, Kühlhaus ist wieder hell. Danke!\nDirk\n"},
	{"header line without a colon", 71, "09:41", "Clara Whitlow", head + "Subject: Ward 4, step 2\nMessage-ID: {id}\nthis line has lost its name\nX-Ward: 4\n\nStep 2 is the right one. We have taped over step 3.\n\nClara\n"},
	{"folded subject that begins with a blank", 83, "15:30", "Piotr Malik", head + "Subject:\n  Ladders,\n \tkeys and the\n  long day\nMessage-ID: {id}\n\nLadders are back, keys are with Anna, and the day was long.\n\nPiotr\n"},
	{"two From lines", 150, "12:20", "Isla Brannock", head + "From: brewhouse <{email}>\nSubject: Filter room\nMessage-ID: {id}\n\nThe filter room lamp has been changed by our own people. Tell me if that was wrong.\n\nIsla\n"},
	{"raw Latin-1 in header and body, no charset", 180, "08:14", "Jonne Visser", head + "Subject: K\xe4serei, Lampe \xfcber T\xfcr 3\nMessage-ID: {id}\n\nDie Lampe \xfcber der T\xfcr flackert, sobald gek\xfchlt wird. Gr\xfc\xdfe, Jonne\n"},
	{"charset that does not exist", 205, "13:37", "Hanna Voss", head + "Subject: Temperatur\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=x-farm-8\nContent-Transfer-Encoding: 8bit\n\nVier Grad in der Halle, alles gut. Die T\xc3\xbcr bleibt zu.\n\nHanna\n"},
	{"UTF-8 declared as ASCII", 112, "16:48", "Odile Perrin", head + "Subject: Chambre 12\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\nLa lampe près de la fenêtre est réparée, merci à l'équipe.\n\nOdile\n"},
	{"Windows-1252 quotes declared as Latin-1", 228, "10:02", "Marek Lund", head + "Subject: The \"green\" light\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nThe panel\x92s \x93green\x94 light is gone \x96 thank you. It cost \x80 12.\n\nMarek\n"},
	{"encoded words in odd forms", 98, "14:26", "Nadia Brandt", "Date: {date}\nFrom: =?UTF-8?Q?Nadia_Brandt?= <{email}>\nTo: {to}\nSubject: =?utf-8?b?R3LDvMOf?=\n =?UTF-8?q?e_von_der_?= =?iso-8859-1?Q?F=E4hre?=, Pier 2=?utf-8?Q?_und?= 3\nMessage-ID: {id}\n\nAlles läuft, die Skipper sind zufrieden.\n\nNadia\n"},
	{"encoded word that splits a letter", 265, "09:09", "Luc Maréchal", "Date: {date}\nFrom: =?utf-8?Q?Luc_Mar=C3?=\n =?utf-8?Q?=A9chal?= <{email}>\nTo: {to}\nSubject: =?utf-8?Q?R=C3=A9glages_du_caf=C3?= =?utf-8?Q?=A9?=\nMessage-ID: {id}\n\nLe café est parfait le matin, un peu sombre le soir.\n\nLuc\n"},
	{"encoded word that is not closed", 310, "17:17", "Lotte Pereira", head + "Subject: =?utf-8?Q?Shed_4_and_the_=E2=80\nMessage-ID: {id}\n\nShed 4 and the cross-dock are both fine. My mail program is not.\n\nLotte\n"},
	{"missing boundary at the end", 57, "11:50", "Jun Takeda", head + "Subject: Gate plan\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"gate\"\n\n--gate\nContent-Type: text/plain; charset=utf-8\n\nThe gate plan is attached, if the mail server lets it through.\n\nJun\n--gate\nContent-Type: application/pdf; name=\"gate.pdf\"\nContent-Disposition: attachment; filename=\"gate.pdf\"\nContent-Transfer-Encoding: base64\n\nTGFya2ZpZWxkIExhcmtmaWVsZCBMYXJrZmllbGQg\n"},
	{"multipart without a boundary", 390, "10:44", "Teun Faber", head + "Subject: Framework form\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nThe form is on our portal. I would have attached it, and look what happened.\n\nTeun\n"},
	{"base64 with rubbish in it", 170, "15:15", "Salome Vik", head + "Subject: Safety round\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nVGhlIHNhZmV0eSByb3VuZCBpcyBkb25lLiBUd28g\n*** scanned by the gateway ***\nbGFtcHMsIG9uZSByYWlsLg==\n"},
	{"bad date", 122, "08:30", "Abi Torrance", "Date: Thursday the last, after lunch\nFrom: {from}\nTo: {to}\nSubject: House lights, thank you\nMessage-ID: {id}\n\nThey stayed down in the quiet scene. Nobody clapped for it, but I did.\n\nAbi\n"},
	{"date far in the future", 155, "12:00", "Petra Lindgren", "Date: Fri, 1 Jan 2044 00:00:00 +0000\nFrom: Lumen Weekly <news@lumen-weekly.example>\nTo: {to}\nList-Id: <weekly.lumen-weekly.example>\nSubject: The light of 2044\nMessage-ID: {id}\n\nOur sending machine believes that it is 2044. The articles are from this week.\n"},
	{"no date at all", 275, "09:55", "Sunniva Clarke", "From: {from}\nTo: {to}\nSubject: Meter readings\nMessage-ID: {id}\nReceived: from mx.northmoor.example by mail.larkfield.example; {date}\n\nReadings follow by post, which tells you something about our meters.\n\nSunniva\n"},
	{"ISO-2022-JP", 46, "07:20", "Jun Takeda", head + "Subject: =?ISO-2022-JP?B?GyRCPkhMQCRONG8bKEI=?=\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=ISO-2022-JP\nContent-Transfer-Encoding: 7bit\n\n\x1b$B>HL@$,L@$k$/$J$j$^$7$?!#\x1b(B\nThe head office writes that it is brighter now. Jun\n"},
	{"winmail.dat", 132, "13:05", "Grace Oduya", head + "Subject: Site codes\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"tnef\"\n\n--tnef\nContent-Type: text/plain; charset=utf-8\n\nThe site codes are in the attachment, in case you can open it.\n\nGrace\n--tnef\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Disposition: attachment; filename=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\neJ8+IgoAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5N\n--tnef--\n"},
	{"HTML only, with a picture that reports", 103, "18:40", "Odile Perrin", head + "Subject: Merci\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><head><style>body{color:#333}</style><title>x</title></head><body><div>Chère Maya,<br><br>les clients restent plus longtemps au bar. C&rsquo;est bon signe.<br>Odile</div><img src=\"https://lindenrow.example/seen.gif\" width=1 height=1><script>alert(1)</script></body></html>\n"},
	{"huge quote", 76, "10:30", "Ola Brekke", head + "Subject: Re: Re: Fwd: Re: The other breaker\nMessage-ID: {id}\n\nYes, it was the other breaker. I am not trimming this, it is history.\n\nOla\n\n{quote}"},
	{"a mail inside a mail", 215, "14:45", "Anna Kessler", head + "Subject: Fwd: The lender's letter\nMessage-ID: {id}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"fwd\"\n\n--fwd\nContent-Type: text/plain; charset=utf-8\n\nHere is what the lender wrote. Please read the third line.\n\nAnna\n--fwd\nContent-Type: message/rfc822\n\nFrom: Registrar <registrar@lender.example>\nTo: Beatrice Holm <beatrice.holm@kestrel.example>\nSubject: Conditions\nDate: {date}\n\nWe lend gladly.\nWe ask for steady light.\nSteady also means: on film.\n--fwd--\n"},
	{"an address without a name or brackets, and an empty one", 420, "09:33", "Wim Castelein", "Date: {date}\nFrom: {email}\nTo: maya@larkfield.example, <>, undisclosed-recipients:;\nSubject: Season plan\nMessage-ID: {id}\n\nThe season plan is on the door. Do not tell the actors.\n\nWim\n"},
	{"nothing but a header", 455, "20:01", "Kasper Oyen", head + "Subject: (pressed send too early)\nMessage-ID: {id}\n"},
	{"bare CR and a NUL in the text", 240, "11:11", "Yusuf Marlow", head + "Subject: Flat list\nMessage-ID: {id}\n\nBlock 12: flats 3, 7 and 11.\x00 Block 14: none.\nYusuf\n"},
}
