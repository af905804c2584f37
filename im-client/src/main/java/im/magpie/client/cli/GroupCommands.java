package im.magpie.client.cli;

import im.magpie.client.Groups;
import im.magpie.client.MagpieClient;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Does what is typed behind /group. What comes of it is told by the group's own events. Used by one thread. */
final class GroupCommands {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final Duration MUTED_FOR = Duration.ofHours(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
    private static final String HELP = """
        /group new NAME [WHO ...]   make a group; "a name of many words" stands in quotes
        /group list                 the groups that you are in
        /group open ID              talk in one, which the rest is about; its name will do, if no other has it
        /group members              who is in it
        /group add WHO ...          bring others in; /group remove WHO ... sends them away
        /group leave                /group dissolve ends it for everybody
        /group name TEXT            /group announce TEXT; /group nick TEXT for what you are called here
        /group mute [WHO [MINUTES]] lets somebody, or everybody but admins, not write; /group unmute [WHO]
        /group admin WHO            makes an admin; /group noadmin WHO; /group transfer WHO makes another one the owner
        /group policy closed|approval|open   who may join without being added
        /group join ID [MESSAGE]    ask to come in; /group requests shows who has, /group accept WHO, /group deny WHO
        /group link [HOURS]         make a link by which others /group enter ID TOKEN; /group unlink TOKEN ends it
        /group readers #N           who has read the message with this number\
        """;

    /** Where somebody sits. */
    interface Seat {

        /** Returns the conversation that is open; null for none. */
        @Nullable
        String conversation();

        void open(String conversationId);

        /** Returns whether the device has anything of a conversation. */
        boolean knows(String conversationId);
    }

    private final String me;
    private final Groups groups;
    private final GroupNames names;
    private final Seat seat;
    private final Console console;
    private final Answers answers;

    GroupCommands(String me, MagpieClient client, GroupNames names, Seat seat, Console console, Answers answers) {
        this.me = me;
        this.groups = client.groups();
        this.names = names;
        this.seat = seat;
        this.console = console;
        this.answers = answers;
    }

    /** Does one, without its /group. */
    void execute(String line) {
        var command = line.split("\\s+", 2);
        var argument = command.length == 2 ? command[1].strip() : "";
        switch (command[0]) {
            case "new" -> create(words(argument));
            case "list" -> list();
            case "open" -> open(argument);
            case "join" -> join(argument);
            case "enter" -> enter(words(argument));
            case "members" -> here(this::members);
            case "add" -> change(id -> groups.add(id, words(argument)));
            case "remove" -> change(id -> groups.remove(id, words(argument)));
            case "leave" -> change(groups::leave);
            case "dissolve" -> change(groups::dissolve);
            case "name" -> change(id -> groups.change(id, changed().setName(argument).build()));
            case "announce" ->
                change(id -> groups.change(id, changed().setAnnouncement(argument).build()));
            case "nick" -> change(id -> groups.rename(id, me, argument));
            case "mute" -> mute(words(argument));
            case "unmute" -> unmute(argument);
            case "admin" -> change(id -> groups.appoint(id, argument, GroupRole.ADMIN));
            case "noadmin" -> change(id -> groups.appoint(id, argument, GroupRole.MEMBER));
            case "transfer" -> change(id -> groups.transfer(id, argument));
            case "policy" -> policy(argument);
            case "requests" -> here(this::requests);
            case "accept" -> change(id -> groups.decide(id, argument, true));
            case "deny" -> change(id -> groups.decide(id, argument, false));
            case "link" -> here(id -> link(id, argument));
            case "unlink" -> change(id -> groups.revokeLink(id, argument));
            case "readers" -> here(id -> readers(id, argument));
            default -> HELP.lines().forEach(console::print);
        }
    }

    private static GroupChanged.Builder changed() {
        return GroupChanged.newBuilder();
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }

    private void here(Consumer<String> command) {
        var open = seat.conversation();
        if (open != null && ConversationId.parse(open) instanceof ConversationId.OfGroup(var groupId)) {
            command.accept(groupId);
        } else {
            console.print("-- in which group? /group open ID, and /group list shows them");
        }
    }

    private void change(Function<String, CompletableFuture<?>> command) {
        here(id -> {
            if (answers.of(command.apply(id).thenApply(_ -> true)) != null) {
                console.print("-- done");
            }
        });
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
        for (var last = ""; ; ) {
            var page = answers.of(groups.list(last, 0));
            if (page == null) {
                return;
            }
            page.getGroupsList().forEach(names::learn);
            page.getGroupsList().forEach(group -> console.print("   " + line(group)));
            if (!page.getMore()) {
                return;
            }
            last = page.getGroupsList().getLast().getGroupId();
        }
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
        for (var last = ""; ; ) {
            var page = answers.of(groups.members(groupId, last, 0));
            if (page == null) {
                return;
            }
            page.getMembersList().forEach(member -> console.print("   " + line(member)));
            if (!page.getMore()) {
                return;
            }
            last = page.getMembersList().getLast().getUserId();
        }
    }

    private static String line(GroupMember member) {
        var nickname = member.getNickname().isEmpty() ? "" : " (%s)".formatted(member.getNickname());
        var role = member.getRole() == GroupRole.MEMBER
                ? ""
                : ", " + member.getRole().name().toLowerCase(Locale.ROOT);
        var muted = member.getMutedUntil() <= System.currentTimeMillis()
                ? ""
                : ", muted until " + TIME.format(Instant.ofEpochMilli(member.getMutedUntil()));
        return MessageText.harmless(member.getUserId() + nickname + role + muted);
    }

    private void mute(List<String> words) {
        if (words.isEmpty()) {
            change(id -> groups.change(id, changed().setMuted(true).build()));
            return;
        }
        var minutes = words.size() > 1 ? words.get(1) : "";
        if (!minutes.isEmpty() && !NUMBER.matcher(minutes).matches()) {
            console.print("-- for how many minutes? /group mute WHO 30");
            return;
        }
        var length = minutes.isEmpty() ? MUTED_FOR : Duration.ofMinutes(Long.parseLong(minutes));
        change(id -> groups.mute(id, words.getFirst(), length));
    }

    private void unmute(String who) {
        change(
                id -> who.isEmpty()
                        ? groups.change(id, changed().setMuted(false).build())
                        : groups.mute(id, who, Duration.ZERO));
    }

    private void policy(String argument) {
        var policy =
                switch (argument) {
                    case "closed" -> JoinPolicy.CLOSED;
                    case "approval" -> JoinPolicy.APPROVAL;
                    case "open" -> JoinPolicy.OPEN;
                    default -> null;
                };
        if (policy == null) {
            console.print("-- /group policy closed, approval or open");
        } else {
            change(id -> groups.change(id, changed().setJoinPolicy(policy).build()));
        }
    }

    private void join(String argument) {
        var words = argument.split("\\s+", 2);
        come(words[0], groups.join(words[0], words.length == 2 ? words[1] : ""));
    }

    private void enter(List<String> words) {
        if (words.size() == 2) {
            come(words.getFirst(), groups.joinByLink(words.getFirst(), words.getLast()));
        } else {
            console.print("-- /group enter ID TOKEN");
        }
    }

    private void come(String groupId, CompletableFuture<JoinOutcome> joining) {
        var outcome = answers.of(joining);
        if (outcome == null) {
            return;
        }
        if (outcome.getJoined()) {
            open(groupId);
        } else {
            console.print("-- an admin decides about it");
        }
    }

    private void requests(String groupId) {
        for (var last = ""; ; ) {
            var page = answers.of(groups.requests(groupId, last, 0));
            if (page == null) {
                return;
            }
            page.getRequestsList()
                    .forEach(request -> console.print(
                            MessageText.harmless("   %s: %s".formatted(request.getUserId(), request.getMessage()))));
            if (!page.getMore()) {
                return;
            }
            last = page.getRequestsList().getLast().getUserId();
        }
    }

    private void link(String groupId, String hours) {
        if (!hours.isEmpty() && !NUMBER.matcher(hours).matches()) {
            console.print("-- for how many hours? /group link 24");
            return;
        }
        var link = answers.of(
                groups.makeLink(groupId, hours.isEmpty() ? Duration.ZERO : Duration.ofHours(Long.parseLong(hours))));
        if (link != null) {
            console.print("-- until %s others come in with: /group enter %s %s"
                    .formatted(TIME.format(Instant.ofEpochMilli(link.getExpires())), groupId, link.getToken()));
        }
    }

    private void readers(String groupId, String number) {
        var sequence = number.startsWith("#") ? number.substring(1) : number;
        if (!NUMBER.matcher(sequence).matches()) {
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
