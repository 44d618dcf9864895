# ruff: noqa: E501 - one group of words a line
"""Words of terms and help pages by meaning: groups that say the same, and classes of which one excludes the others."""

from __future__ import annotations

SAME = tuple(
    group.split()
    for group in """mean define denote consist comprise purpose meaning
hold take place held
consent permission approval asking authorisation authorization
terminate end cancel cease stop conclude termination
start begin commence initial
buy purchase acquire order buying purchasing bought
inform tell notify announce notice communicate advise notification announcement warn warning
send mail post dispatch ship deliver transmit submit forward despatch
give provide supply offer grant furnish render
refund reimburse repay return money
charge bill invoice debit collect
fee charge cost price rate tariff amount sum
pay settle remit payment payable paid due
receive get obtain gain earn receipt
keep store retain hold save preserve retention storage
delete erase remove destroy deletion removal wipe
use access utilise utilize view employ usage apply
customer client user member subscriber buyer consumer purchaser holder owner
seller merchant vendor host supplier shop store retailer
agreement contract terms conditions
person people individual anyone somebody everyone traveller passenger guest anybody someone who
account profile
website site page platform service app application program software
change modify amend alter update adjust modification amendment
item product good article goods merchandise piece
parcel package shipment consignment delivery
repair fix mend
liable responsible liability responsibility answerable
maximum cap total aggregate most limit highest
exceed more over above
allow permit entitle able possible authorise authorize enable
require need necessary must oblige obligation
register sign enrol enroll open create
apply applicable effect effective force
additional further extra another
month monthly
year yearly annual annually
week weekly
day daily
immediately promptly instantly once
request ask demand asking
employee staff worker team personnel
email mail message electronic
phone telephone call
prior before advance preceding beforehand earlier
after following upon once when
photo photograph picture image
information data detail details
working business
process handle treat
country state territory
choose select pick option
help support assistance assist
show display present appear
reach attain
make take
part portion share
cover bear
complete finish finished
discover find learn
quickly fast soon
old age aged older years
law statute legal
rebook rebooking change
look check review examine
several multiple many
valid good usable
lodge submit file raise
forthwith promptly immediately straightaway speedily
whole full entire complete total
void invalid null unenforceable ineffective
rest remainder remaining other
breach violate violation infringe infringement contravene contravention
substitute replace supersede exchange swap replacement
reduce lower decrease cut reduction
increase raise rise
rent hire lease rental
flat apartment
car vehicle automobile
child minor kid
disclose reveal share pass disclosure
protect secure safeguard protection
monitor supervise track
guarantee warranty warrant
assign transfer cede
hand pass transfer
appoint name designate nominate
reject refuse decline rejection refusal
confirm acknowledge confirmation
calculate compute determine calculation
postpone reschedule move
attend participate take join attendance participation
participant attendee delegate entrant
instructor teacher trainer tutor coach
lesson class session
instalment installment
voucher coupon code
area district region
reason ground cause
duration length period term
card payment
evidence proof document
disclose publish release
premium contribution
contribution fee
meal food
noise disturbance
sum amount figure
means method way mode
original initial
fill complete
cleaning cleanliness clean
fine penalty
compensate compensation reimburse reimbursement indemnify
deduct withhold subtract set
collect pick fetch collection pickup
login sign log
leave exit
prevent hinder stop
occur happen arise take
correct rectify fix
entry admission access
visit stay
hold have
unwanted mind
possible feasible
speak talk
fault defect malfunction
depart departure leave
arrive arrival reach
parent guardian
stock inventory
dispute disagreement controversy
claim complaint
settle resolve decide
deadline limit
grounds reasons
net exclusive excluding
undertake agree promise
deem regard consider treat
efforts effort endeavours endeavour endeavors reasonable-efforts
please kindly
example instance
concern regard relate concerning regarding relating respect pertaining
despite notwithstanding regardless irrespective
find hold found held deem declare rule judge
prevail precedence override supersede
forfeit lose loss
gain get acquire earn
prefer choose select designate preferred selected
trade transaction deal sale
repay pay settle reimburse
cancel revoke withdraw rescind call
annul void cancel
wear worn put
closure close closing
appear appears published issued
contact reach touch
begin start commence open launch
finish end conclude complete
stop cease discontinue halt quit
keep retain preserve hold maintain
allow let permit authorise enable
forbid prohibit ban bar disallow
stay remain continue
hide conceal
leave quit depart
ask request demand apply
answer reply respond response
tell inform notify advise alert warn
say state declare specify
write written writing
think believe consider
want wish desire like
use utilise utilize employ apply operate
make create produce manufacture
build construct
check inspect examine verify test audit
clean wash
damage harm injure injury spoil
break breach damage
hurt injure injury
theft stolen steal
lose missing lost misplace
find locate
give hand provide grant supply
bring carry take transport convey
move transfer shift relocate
place put position
rent lease let hire
lend loan borrow
own possess
sell resell resale vend
charge bill invoice levy
price cost fee rate fare tariff
discount reduction rebate
bonus reward
prize award
gift present
free complimentary gratis
cheap inexpensive
expensive costly
big large
little small
quick fast rapid prompt swift
new recent latest
old former previous
part portion section
kind type sort category
number quantity amount count
list schedule table
rule regulation guideline policy
duty obligation
right entitlement
law statute legislation act
court tribunal
judge arbitrator
lawyer solicitor attorney counsel advocate
clause provision section article paragraph term
party side
firm company business enterprise undertaking
shop store boutique
office branch bureau
warehouse depot
factory plant
home house residence dwelling
room chamber
building premises property site
bike bicycle cycle
bus coach
plane aircraft aeroplane airplane
ship vessel boat
luggage baggage suitcase bag
baby infant
doctor physician
nurse carer
pupil student learner
guest visitor
driver motorist
passenger traveller traveler rider
holiday vacation leave
trip journey travel tour
ticket admission
seat place
booking reservation
delay late lateness
error mistake
fault defect flaw deficiency
problem issue trouble
question query enquiry inquiry
complaint grievance
form questionnaire
letter mail
message notice
video film footage recording
sound audio
music song
book volume
newspaper paper
magazine journal
software program programme
device appliance machine unit equipment
computer pc
phone telephone mobile
password passcode
username login
file document record
backup copy
server host
link url
address location
date day
beginning start outset
end expiry expiration finish
year annual yearly annum
hour hourly
moment time
often frequently regularly
immediately instantly promptly straightaway forthwith
later afterwards subsequently
during throughout
approximately about roughly around
exactly precisely
properly correctly duly
improper incorrect wrong unsuitable misuse
safe secure
dangerous hazardous
necessary needed required essential
enough sufficient adequate
usual normal ordinary customary standard
special particular specific
various several different
same identical
similar comparable
correct right accurate
false incorrect untrue
clear plain
valid effective
empty vacant
ready prepared
able capable
responsible liable accountable answerable
happy glad
sorry regret
sick ill
dead deceased death
boss manager supervisor
owner proprietor holder
tenant renter lessee
landlord lessor
lender creditor
borrower debtor
insurer insurance
winner victor
competition contest draw raffle
entry entrant participant
round up
equal same
add include
total sum aggregate overall
average mean
minimum least
above over exceed exceeding
below under less
near close nearby
far distant
inside within
outside beyond
through via
among between
because since
although though
until till
annex appendix schedule exhibit attachment
signature sign signed
stamp seal
proof evidence receipt confirmation
identity identification id passport
adult grown
gender sex
birth born
marriage married
country nation state
city town
street road
foreign overseas abroad
local nearby
private personal
secret confidential
official formal
legal lawful
illegal unlawful
crime offence offense criminal
punish sanction penalise
search look
follow comply observe obey adhere accordance
break violate infringe breach contravene
change alter modify amend vary revise
improve enhance better
worsen deteriorate
grow increase rise
shrink decrease fall drop reduce
choose select pick opt
refuse decline reject deny
accept agree consent approve
object oppose
disagree object
confirm verify validate
suspend pause freeze block
resume restart
restore recover
collect gather
publish post upload
update upgrade
register enrol subscribe
smoke smoking
park parking
drive driving
rest break
insure cover
promise undertake commit pledge
intend plan
try attempt endeavour
fail omit neglect
cause result lead
depend subject
belong property
contain include comprise consist
mean signify denote
refer relate
seem appear""".split("\n")
)
# Classes of words of which one holds and the others do not: groups of one class are different values, or different cases.
# A star: the words say of whom, of what or when a rule holds; the others are what it says. An equals sign: they only
# stand against each other where they face each other, and do not make two cases of two sentences.
CLASSES = """* minimum min smallest lowest least earliest shortest bottom|maximum max largest highest most latest longest top
* adult grown-up|child children infant kid baby youth junior|senior pensioner elderly|student pupil|teacher
* new first-time newcomer|existing returning former previous
* outgoing outbound|incoming inbound
* standard regular ordinary normal|express|priority|overnight|economy|expedited|premium
* basic|business|premium|gold|silver|bronze|platinum|diamond|pro|enterprise
* domestic inland national|international foreign abroad overseas|regional local
setup one-off single once|hourly hour|daily day|weekly week|fortnightly fortnight|monthly month recurring|quarterly quarter|half-yearly|annual annually yearly year
* first initial|second|third|fourth|last final
* check-in arrival|check-out departure
* small|medium|large big|double|single|triple|twin
* private personal|commercial professional|public
paid chargeable|free unpaid gratis complimentary
* width|length|height|weight|girth|depth|diameter
deposit|withdrawal
buyer customer purchaser buyers|seller vendor merchant dealer sellers
* lessee tenant renter hirer lessees tenants renters|lessor landlord lessors landlords
licensee licensees|licensor licensors
* borrower borrowers|lender lenders
* sender senders consignor|recipient recipients addressee consignee
employer employers|employee employees staff|contractor contractors
* host hosts|guest guests visitor visitors
* driver drivers rider|passenger passengers
* insurer|insured policyholder
controller controllers|processor processors
* writer author authors|publisher publishers
* organiser organizer|participant participants entrant entrants
* morning|afternoon|evening|night
* peak|off-peak
* winter|summer|spring|autumn
* january|february|march|april|june|july|august|september|october|november|december
* monday mondays|tuesday tuesdays|wednesday wednesdays|thursday thursdays|friday fridays|saturday saturdays|sunday sundays
* weekday weekdays|weekend weekends
* new|used second-hand refurbished
online internet web|store shop branch counter
* left|right
* inbound|outbound
* lost missing|damaged broken faulty
advance beforehand upfront|arrears afterwards retrospectively
net wholesale|gross retail
exclusive|nonexclusive
renew renews renewed continues continue extended prolonged renewal carried rolled|end ends ended expire expires lapse lapses stop stops terminate terminates forfeited lost
pdf|paper printed
lot lots|jury
cash|voucher vouchers|note|cheque cheques|transfer
post letter|email electronically|telephone phone|fax
writing written|orally verbally oral
household|person individual|company firm organisation
person head|group
unanimous unanimously|majority
joint jointly|several severally
automatically automatic|manually manual request
permanent permanently|temporary temporarily
encrypted|unencrypted plain
fixed flat|variable floating
gain profit|loss
* debtor|creditor
* plaintiff claimant|defendant
* import|export
simple|compound|double
hourly|daily|weekly|monthly
ascending|descending
* upper|lower
* indoors indoor inside|outdoors outdoor outside
* sea ship|air plane|road truck lorry|rail train
* bus coach|train|tram|ferry boat|taxi|plane
* male men|female women
* car cars|van vans|truck trucks|motorcycle motorbike|bicycle bike bikes|scooter
* breakfast|lunch|dinner
* mainland|island islands
* city urban town|country rural
* motor engine|battery|frame|screen
always|never|sometimes rarely
optional voluntary|mandatory compulsory obligatory
accept accepted accepts|refuse refused reject rejected rejects declined
include included includes|exclude excluded excludes
grant granted|deny denied withhold withheld
increase raise raised higher|decrease reduce reduced lower
forfeited forfeit kept retained lapses lapsed|refunded returned repaid paid reimbursed
excluded|limited capped|unlimited
prohibited forbidden banned|permitted allowed
visible shown public|hidden
enabled active|disabled inactive
disclosed shared|confidential secret
* customer customers client clients user users|provider providers supplier suppliers company operator operators
* owner owners|manager managers|administrator administrators admin admins
* director directors|shareholder shareholders|auditor auditors
* trainer trainers instructor instructors|trainee trainees learner learners
= monthly month|quarterly quarter|annually annual annum year yearly|weekly week|daily day|hourly hour|fortnightly fortnight
= cash money|voucher vouchers credit points|cheque cheques|goods kind
= cheque cheques|card cards|invoice|debit|paypal
= deleted erased destroyed shredded disposed deletion destruction|kept stored retained archived|anonymised anonymized|sold auctioned auction|donated donate|recycled
= repair repaired repairs|replacement replaced replace|refund refunded refunds|credit credited|discount
= exclusive|nonexclusive|shared
= revocable|irrevocable
= transferable assignable|nontransferable
= perpetual unlimited indefinite|limited temporary fixed-term
= binding|nonbinding indicative provisional
= fixed|variable estimated floating
= anonymous anonymously|named identified
= public publicly|private privately confidential
= full fully entire whole|partial partially half
= prepaid advance beforehand upfront|postpaid arrears afterwards
= prospective prospectively|retrospective retrospectively retroactive retroactively
= joint jointly|several severally|sole solely alone
= oral orally verbal verbally|written writing
= original originals|copy copies
= sealed|unsealed
= secured|unsecured
= signed|unsigned
= insured|uninsured
= tracked|untracked
= furnished|unfurnished
= supervised accompanied|unsupervised unaccompanied
= arbitration arbitrator arbitrators|court courts litigation|mediation mediator|expert
= later latest|earlier earliest sooner
= higher greater larger|lower lesser smaller
= longer|shorter
= delivery|collection pickup
= premises site onsite on-site|workshop depot|remotely remote|office
= home|office
= recorded|unrecorded
= moderated checked reviewed|unmoderated unchecked
= renewed extended prolonged renews extends|ends expires terminates lapses ended terminated closed|suspended paused
= rounded|truncated
= expires expire lapse lapses|rolls carries carry roll
= included inclusive|excluded exclusive|extra additional addition additionally separately surcharge charged chargeable
= mandatory compulsory obligatory required|optional voluntary
= accrues earned|forfeited lost
= landlord|agent
= wholesale|retail
= net|gross
= dry|wet
= cold|hot warm
= lose loses lost forfeit forfeits forfeited|keep keeps retain retains retained kept
= optin|optout
= euro euros eur|dollar dollars usd|pound pounds sterling gbp|franc francs chf|yen jpy|krona kronor krone kroner crowns|rupee rupees inr|zloty
= sent returned|destroyed disposed|kept retained|sold|donated
= halal|kosher|vegetarian|vegan
= smoking|non-smoking smoke-free
= english|french|german|spanish|italian|dutch|portuguese|swedish|danish|polish
""".strip().split("\n")
