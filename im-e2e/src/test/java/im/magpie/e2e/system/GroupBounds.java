package im.magpie.e2e.system;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Up to how many members a group is told of messages by their indexes, and up to how many by pushes.
 *
 * @param indexed not above {@code pushed}
 */
public record GroupBounds(int indexed, int pushed) {

    /** With these five people are a large group, and seven a huge one. */
    public static final GroupBounds SMALL = new GroupBounds(4, 6);

    /** Of servers that nobody has told of others. */
    static final GroupBounds DEFAULT = new GroupBounds(200, 2_000);

    /** Returns what a service is started with. */
    Map<String, String> environment() {
        return Map.of(
                "IM_SERVICE_GROUPS_INDEX_MAX_MEMBERS", Integer.toString(indexed),
                "IM_SERVICE_GROUPS_PUSH_MAX_MEMBERS", Integer.toString(pushed));
    }

    /** Returns the settings of a service that runs. */
    String settings() {
        return "im.service.groups: {index-max-members: %d, push-max-members: %d}".formatted(indexed, pushed);
    }

    /** Returns what each process logs when other bounds become these. */
    List<String> changes(GroupBounds before) {
        return Stream.of(
                        change("indexMaxMembers", before.indexed, indexed),
                        change("pushMaxMembers", before.pushed, pushed))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> change(String name, int before, int after) {
        return before == after
                ? List.of()
                : List.of("im.service.groups.%s was %d and is %d now".formatted(name, before, after));
    }
}
