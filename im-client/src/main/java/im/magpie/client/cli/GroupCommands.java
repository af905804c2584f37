package im.magpie.client.cli;

import im.magpie.client.Groups;
import im.magpie.client.MagpieClient;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.MentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Does what is typed behind /group. What comes of it is told by the group's own events. Used by one thread. */
final class GroupCommands {

    private static final String HELP = """
        /group new NAME [WHO ...]   make a group; "a name of many words" stands in quotes
        /group list                 the groups that you are in
        /group open ID              talk in one, which the rest is about; its name will do, if no other has it
        /group members              who is in it
        /group add WHO ...          bring others in; /group remove WHO ... sends them away
        /group leave                /group dissolve ends it for everybody
        /group name TEXT            /group announce TEXT; /group nick TEXT for what you are called here
        /group nicks on|off         shows what the others are called here, on all your devices
        /group mute [WHO [MINUTES]] lets somebody, or everybody but admins, not write; /group unmute [WHO]
        /group admin WHO            makes an admin; /group noadmin WHO; /group transfer WHO makes another one the owner
        /group policy closed|approval|open   who may join without being added
        /group calls admins|all     who may call @all
        /group join ID [MESSAGE]    ask to come in; /group asked shows where you have
        /group requests             who asks to come in; /group accept WHO, /group deny WHO
        /group link [HOURS]         make a link by which others /group enter TOKEN; /group unlink TOKEN ends it
        /group readers #N           who has read the message with this number\
        """;

    private final String me;
    private final MagpieClient client;
    private final Groups groups;
    private final GroupNames names;
    private final Seat seat;
    private final OpenGroup here;
    private final JoinCommands joining;
    private final Console console;
    private final Answers answers;

    GroupCommands(String me, MagpieClient client, GroupNames names, Seat seat, Console console, Answers answers) {
        this.me = me;
        this.client = client;
        this.groups = client.groups();
        this.names = names;
        this.seat = seat;
        this.here = new OpenGroup(seat, console, answers);
        this.joining = new JoinCommands(groups, here, this::open, console, answers);
        this.console = console;
        this.answers = answers;
    }

    /** Does one, without its /group. */
    void execute(String line) {
        var command = line.split("\\s+", 2);
        var argument = command.length == 2 ? command[1].strip() : "";
        switch (command[0]) {
            case "new" -> create(Words.of(argument));
            case "list" -> list();
            case "open" -> open(argument);
            case "join", "enter", "policy", "asked", "requests", "accept", "deny", "link", "unlink" ->
                joining.execute(command[0], argument);
            case "members" -> here.with(this::members);
            case "add" -> here.change(id -> groups.add(id, Words.of(argument)));
            case "remove" -> here.change(id -> groups.remove(id, Words.of(argument)));
            case "leave" -> here.change(groups::leave);
            case "dissolve" -> here.change(groups::dissolve);
            case "name" ->
                here.change(id -> groups.change(id, changed().setName(argument).build()));
            case "announce" ->
                here.change(id ->
                        groups.change(id, changed().setAnnouncement(argument).build()));
            case "nick" -> here.change(id -> groups.rename(id, me, argument));
            case "nicks" -> nicks(argument);
            case "mute" -> mute(Words.of(argument));
            case "unmute" -> unmute(argument);
            case "calls" -> calls(argument);
            case "admin" -> here.change(id -> groups.appoint(id, argument, GroupRole.ADMIN));
            case "noadmin" -> here.change(id -> groups.appoint(id, argument, GroupRole.MEMBER));
            case "transfer" -> here.change(id -> groups.transfer(id, argument));
            case "readers" -> here.with(id -> readers(id, argument));
            default -> HELP.lines().forEach(console::print);
        }
    }

    private static GroupChanged.Builder changed() {
        return GroupChanged.newBuilder();
    }

    private void create(List<String> words) {
        if (words.isEmpty()) {
            console.print("-- what shall it be called? /group new NAME [WHO ...]");
            return;
        }
        var group = answers.of(groups.create(words.getFirst(), words.subList(1, words.size())));
        if (group != null) {
            names.learn(group);
            console.print("-- group " + line(group));
            seat.open(group.getConversationId());
        }
    }

    private void list() {
        answers.pages(last -> groups.list(last, 0), page -> {
            page.getGroupsList().forEach(names::learn);
            page.getGroupsList().forEach(group -> console.print("   " + line(group)));
            return page.getMore() ? page.getGroupsList().getLast().getGroupId() : null;
        });
    }

    private static String line(Group group) {
        return "%s  %s, %d members"
                .formatted(group.getGroupId(), MessageText.harmless(group.getName()), group.getMemberCount());
    }

    /** What was a group of the user's once can be looked at for good. */
    private void open(String nameOrId) {
        var id = names.idOf(nameOrId);
        try {
            var conversation = Groups.conversationOf(id);
            var group = answers.of(groups.get(id));
            if (group != null) {
                names.learn(group);
                console.print("-- group " + line(group));
            }
            if (group != null || seat.knows(conversation)) {
                seat.open(conversation);
            }
        } catch (IllegalArgumentException _) {
            console.print("-- there is no group \"%s\"; /group list shows them".formatted(nameOrId));
        }
    }

    private void members(String groupId) {
        answers.pages(last -> groups.members(groupId, last, 0), page -> {
            page.getMembersList().forEach(member -> console.print("   " + line(member)));
            return page.getMore() ? page.getMembersList().getLast().getUserId() : null;
        });
    }

    private static String line(GroupMember member) {
        var nickname = member.getNickname().isEmpty() ? "" : " (%s)".formatted(member.getNickname());
        var role = member.getRole() == GroupRole.MEMBER
                ? ""
                : ", " + member.getRole().name().toLowerCase(Locale.ROOT);
        var muted = member.getMutedUntil() <= System.currentTimeMillis()
                ? ""
                : ", muted until " + Times.dateAndTime(member.getMutedUntil());
        return MessageText.harmless(member.getUserId() + nickname + role + muted);
    }

    private void mute(List<String> words) {
        if (words.isEmpty()) {
            here.change(id -> groups.change(id, changed().setMuted(true).build()));
            return;
        }
        var length = Words.minutes(words);
        if (length == null) {
            console.print("-- for how many minutes? /group mute WHO 30");
        } else {
            here.change(id -> groups.mute(id, words.getFirst(), length));
        }
    }

    private void unmute(String who) {
        here.change(id -> who.isEmpty()
                ? groups.change(id, changed().setMuted(false).build())
                : groups.mute(id, who, Duration.ZERO));
    }

    private void nicks(String argument) {
        if (!argument.equals("on") && !argument.equals("off")) {
            console.print("-- /group nicks on, or off");
            return;
        }
        here.change(id -> client.configure(ConfigureRequest.newBuilder()
                .setConversationId(Groups.conversationOf(id))
                .setShowNicknames(argument.equals("on"))
                .build()));
    }

    private void calls(String argument) {
        var policy = switch (argument) {
            case "admins" -> MentionPolicy.ADMINS_MENTION_ALL;
            case "all" -> MentionPolicy.EVERYBODY_MENTIONS_ALL;
            default -> null;
        };
        if (policy == null) {
            console.print("-- /group calls admins, or all");
        } else {
            here.change(
                    id -> groups.change(id, changed().setMentionPolicy(policy).build()));
        }
    }

    private void readers(String groupId, String number) {
        var sequence = number.startsWith("#") ? number.substring(1) : number;
        if (!Words.isNumber(sequence)) {
            console.print("-- of which message? /history shows the numbers");
            return;
        }
        var readers = answers.of(groups.readers(groupId, Long.parseLong(sequence)));
        if (readers != null) {
            console.print("-- read by: " + String.join(", ", readers.getReadList()));
            console.print("-- not yet by: " + String.join(", ", readers.getUnreadList()));
        }
    }
}
