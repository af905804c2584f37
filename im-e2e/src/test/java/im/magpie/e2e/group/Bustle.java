package im.magpie.e2e.group;

import im.magpie.client.Groups;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.GroupBounds;
import im.magpie.e2e.system.MagpieSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People who come to groups and go again, speak, and take and leave their devices, as chance has it, while the groups grow and shrink over the bounds that there are
 * and these change. Nobody waits for an answer before he does the next thing. In the end every device has what its owner had the right to see.
 */
public final class Bustle {

    private static final Logger LOG = LoggerFactory.getLogger(Bustle.class);
    private static final int PEOPLE = 8;
    private static final int GROUPS = 3;
    private static final int MOST_DEVICES = 3;
    private static final int MOST_WORDS = 8;

    private static final List<GroupBounds> BOUNDS = List.of(
            GroupBounds.SMALL,
            new GroupBounds(2, 4),
            new GroupBounds(5, 7),
            new GroupBounds(0, 3),
            new GroupBounds(9, 9));

    private final SplittableRandom random;
    private final Handset keepers;
    private final List<Person> wanderers = new ArrayList<>();
    private final List<Handset> handsets = new ArrayList<>();
    private final Map<Person, Integer> devices = new HashMap<>();
    private final List<Meeting> meetings = new ArrayList<>();

    public Bustle(People people, SplittableRandom random) {
        this.random = random;
        keepers = takeDevice(people.person("keeper"));
        for (var i = 0; i < PEOPLE; i++) {
            var wanderer = people.person("wanderer");
            wanderers.add(wanderer);
            takeDevice(wanderer);
        }
        for (var i = 0; i < GROUPS; i++) {
            meetings.add(begin());
        }
    }

    private Handset takeDevice(Person owner) {
        var number = devices.merge(owner, 1, Integer::sum);
        var handset = new Handset(owner.device(ClientType.LINUX, "device-" + number, random.nextInt(1, 3))
                .start());
        handsets.add(handset);
        return handset;
    }

    private Meeting begin() {
        var group = CreateGroup.newBuilder().setJoinPolicy(JoinPolicy.OPEN).setOpenHistory(random.nextBoolean());
        var first = wanderers.stream().filter(_ -> random.nextBoolean()).toList();
        var meeting = new Meeting(InGroup.madeBy(keepers.device(), group, first.toArray(Person[]::new)));
        first.forEach(person -> meeting.invited().add(person.userId()));
        return meeting;
    }

    /** So many things happen, and nobody waits for them. */
    public void happens(int things) {
        for (var i = 0; i < things; i++) {
            something(pick(meetings), random.nextInt(100));
        }
    }

    private void something(Meeting meeting, int chance) {
        if (chance < 40) {
            somebodySpeaks(meeting);
        } else if (chance < 65) {
            growsOrShrinks(meeting);
        } else if (chance < 73) {
            somebodyComesOrGoes(meeting);
        } else if (chance < 78) {
            isChanged(meeting);
        } else if (chance < 90) {
            pick(inUse()).toggle();
        } else if (chance < 95) {
            somebodyTakesOrLeavesADevice();
        } else {
            meetings.forEach(Meeting::awaitAnswers);
        }
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Returns what others than the keeper have. */
    private List<Handset> inUse() {
        return handsets.stream()
                .filter(handset -> handset != keepers && !handset.isGone())
                .toList();
    }

    private void somebodySpeaks(Meeting meeting) {
        var speakers = handsets.stream()
                .filter(Handset::isOn)
                .filter(handset ->
                        handset == keepers || meeting.invited().contains(handset.userId()) || random.nextInt(10) == 0)
                .toList();
        var speaker = pick(speakers);
        for (var words = random.nextInt(1, MOST_WORDS + 1); words > 0; words--) {
            meeting.says(speaker);
        }
    }

    /** By some at once, or by all one after the other, towards a size that may be any. */
    private void growsOrShrinks(Meeting meeting) {
        var size = random.nextInt(1, PEOPLE + 1);
        var grows = meeting.invited().size() < size;
        var some = new ArrayList<>(wanderers.stream()
                .map(Person::userId)
                .filter(userId -> meeting.invited().contains(userId) != grows)
                .toList());
        while (some.size() > Math.abs(meeting.invited().size() - size)) {
            some.remove(random.nextInt(some.size()));
        }
        if (some.isEmpty()) {
            return;
        }
        if (random.nextBoolean()) {
            come(meeting, some, grows);
        } else {
            some.forEach(userId -> come(meeting, List.of(userId), grows));
        }
    }

    private void come(Meeting meeting, List<String> userIds, boolean come) {
        var id = meeting.keepers().groupId();
        if (come) {
            meeting.invited().addAll(userIds);
            meeting.asks(groups().add(id, userIds));
        } else {
            userIds.forEach(meeting.invited()::remove);
            meeting.asks(groups().remove(id, userIds));
        }
    }

    private Groups groups() {
        return keepers.device().client().groups();
    }

    private void somebodyComesOrGoes(Meeting meeting) {
        var handset = pick(inUse());
        if (handset.isOn()) {
            var groups = handset.device().client().groups();
            var id = meeting.keepers().groupId();
            if (meeting.invited().add(handset.userId())) {
                meeting.asks(groups.join(id, ""));
            } else {
                meeting.invited().remove(handset.userId());
                meeting.asks(groups.leave(id));
            }
        }
    }

    private void isChanged(Meeting meeting) {
        var change = GroupChanged.newBuilder().setAnnouncement("number " + random.nextInt(1_000_000));
        meeting.asks(groups().change(meeting.keepers().groupId(), change.build()));
    }

    private void somebodyTakesOrLeavesADevice() {
        var person = pick(wanderers);
        var his = inUse().stream()
                .filter(handset -> handset.userId().equals(person.userId()))
                .toList();
        if (his.size() < MOST_DEVICES && (his.size() < 2 || random.nextBoolean())) {
            takeDevice(person);
        } else {
            pick(his).giveAway();
        }
    }

    /** Other bounds are set, as chance has it. */
    public void boundsChange(MagpieSystem system) {
        system.changeGroupBounds(pick(BOUNDS));
    }

    /** One of the groups is no more. */
    public void oneEnds() {
        var meeting = pick(meetings);
        meeting.asks(groups().dissolve(meeting.keepers().groupId()));
    }

    /** Waits until everything is done, and fails unless every device has shown just what its owner may see. */
    public void endsWell() {
        handsets.forEach(Handset::open);
        handsets.stream().filter(handset -> !handset.isGone()).forEach(Handset::awaitSent);
        meetings.forEach(Meeting::awaitAnswers);
        var chronicles = new HashMap<Meeting, Chronicle>();
        meetings.forEach(meeting -> chronicles.put(meeting, meeting.chronicle()));
        LOG.info("{} devices; {}", handsets.size(), chronicles.values());
        chronicles.forEach((meeting, chronicle) -> handsets.stream()
                .filter(handset -> !handset.isGone())
                .forEach(handset -> meeting.awaitShown(handset, chronicle)));
        // Behind all waiting: nothing may have come that nobody waited for.
        chronicles.forEach(
                (meeting, chronicle) -> handsets.forEach(handset -> meeting.requireShown(handset, chronicle)));
    }
}
