package im.magpie.client.cli;

import im.magpie.client.Groups;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.JoinRequestState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Does those of the commands behind /group by which people come into groups whom nobody adds. Used by one thread. */
final class JoinCommands {

    private static final Pattern HOURS = Pattern.compile("[1-9]\\d{0,5}");
    private final Groups groups;
    private final OpenGroup here;
    private final Consumer<String> open;
    private final Console console;
    private final Answers answers;

    /** @param open opens a group in which one is now, by its id */
    JoinCommands(Groups groups, OpenGroup here, Consumer<String> open, Console console, Answers answers) {
        this.groups = groups;
        this.here = here;
        this.open = open;
        this.console = console;
        this.answers = answers;
    }

    void execute(String command, String argument) {
        switch (command) {
            case "join" -> join(argument);
            case "enter" -> enter(argument);
            case "policy" -> policy(argument);
            case "asked" -> asked();
            case "requests" -> here.with(this::requests);
            case "accept" -> here.change(id -> groups.decide(id, argument, true));
            case "deny" -> here.change(id -> groups.decide(id, argument, false));
            case "link" -> here.with(id -> link(id, argument));
            case "unlink" -> here.change(id -> groups.revokeLink(id, argument));
            default -> throw new IllegalArgumentException(command);
        }
    }

    private void join(String argument) {
        var words = argument.split("\\s+", 2);
        come(groups.join(words[0], words.length == 2 ? words[1] : ""));
    }

    private void enter(String argument) {
        if (argument.isEmpty()) {
            console.print("-- by which link? /group enter TOKEN");
        } else {
            come(groups.joinByLink(argument));
        }
    }

    private void come(CompletableFuture<JoinOutcome> joining) {
        var outcome = answers.of(joining);
        if (outcome == null) {
            return;
        }
        if (outcome.getJoined()) {
            open.accept(outcome.getGroup().getGroupId());
        } else {
            console.print("-- an admin decides about it");
        }
    }

    private void requests(String groupId) {
        answers.pages(last -> groups.requests(groupId, last, 0), page -> {
            page.getRequestsList()
                    .forEach(request -> console.print(
                            MessageText.harmless("   %s: %s".formatted(request.getUserId(), request.getMessage()))));
            return page.getMore() ? page.getRequestsList().getLast().getUserId() : null;
        });
    }

    private void asked() {
        answers.pages(last -> groups.ownRequests(last, 0), page -> {
            page.getRequestsList().forEach(request -> {
                var turnedAway = request.getState() == JoinRequestState.TURNED_AWAY;
                console.print("   %s: %s"
                        .formatted(request.getGroupId(), turnedAway ? "you were turned away" : "an admin decides"));
            });
            return page.getMore() ? page.getRequestsList().getLast().getGroupId() : null;
        });
    }

    private void link(String groupId, String hours) {
        if (!hours.isEmpty() && !HOURS.matcher(hours).matches()) {
            console.print("-- for how many hours? /group link 24");
            return;
        }
        var link = answers.of(
                groups.makeLink(groupId, hours.isEmpty() ? Duration.ZERO : Duration.ofHours(Long.parseLong(hours))));
        if (link != null) {
            console.print("-- until %s others come in with: /group enter %s"
                    .formatted(Times.dateAndTime(link.getExpires()), link.getToken()));
        }
    }

    private void policy(String argument) {
        var policy = switch (argument) {
            case "closed" -> JoinPolicy.CLOSED;
            case "approval" -> JoinPolicy.APPROVAL;
            case "open" -> JoinPolicy.OPEN;
            default -> null;
        };
        if (policy == null) {
            console.print("-- /group policy closed, approval or open");
        } else {
            here.change(id -> groups.change(
                    id, GroupChanged.newBuilder().setJoinPolicy(policy).build()));
        }
    }
}
