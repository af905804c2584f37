package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A group as it has to be, in its simplest form: who is in it now. Alice makes it, and stays. */
final class ReferenceGroup {

    static final String ID = "group_all";
    static final String OWNER = "alice";

    private final boolean openHistory;
    private final Set<String> members = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private long version;

    ReferenceGroup(boolean openHistory) {
        this.openHistory = openHistory;
    }

    Operation.Found founding() {
        return new Operation.Found(ID, List.of("bob"), openHistory);
    }

    /** Returns something that somebody may ask for, though not everything is for him to do. */
    static Operation.OfGroup any(SplittableRandom random, String name) {
        var other = random.nextBoolean() ? "bob" : "carol";
        return switch (random.nextInt(9)) {
            case 0 -> new Operation.Add(ID, other);
            case 1 -> new Operation.Join(ID);
            case 2 -> new Operation.Remove(ID, other);
            case 3 -> new Operation.Leave(ID);
            case 4 -> new Operation.Silence(ID, other, true);
            case 5 -> new Operation.Silence(ID, other, false);
            default -> new Operation.Name(ID, name);
        };
    }

    boolean mayWrite(String user) {
        return members.contains(user) && !silent.contains(user);
    }

    boolean allows(Operation.OfGroup what, String asking) {
        return switch (what) {
            case Operation.Found _ -> true;
            case Operation.Join _ -> version > 0;
            case Operation.Leave _ -> version > 0 && !asking.equals(OWNER);
            case Operation.Add _ -> members.contains(asking);
            case Operation.Remove _, Operation.Name _ -> version > 0 && asking.equals(OWNER);
            case Operation.Silence silence -> asking.equals(OWNER) && members.contains(silence.user());
        };
    }

    /** Does it, and returns what happens by it; null where it is so already. */
    Body.@Nullable OfGroup does(Operation.OfGroup what, String asking) {
        return switch (what) {
            case Operation.Found found -> {
                members.add(asking);
                members.addAll(found.members());
                yield new Body.Came(++version, List.of(asking, "bob"), false);
            }
            case Operation.Add add -> come(add.user());
            case Operation.Join _ -> come(asking);
            case Operation.Remove remove -> go(remove.user());
            case Operation.Leave _ -> go(asking);
            case Operation.Silence silence -> silence(silence.user(), silence.silent());
            case Operation.Name other -> new Body.Named(++version, other.name());
        };
    }

    private Body.@Nullable OfGroup come(String user) {
        silent.remove(members.contains(user) ? "" : user);
        return members.add(user) ? new Body.Came(++version, List.of(user), openHistory) : null;
    }

    private Body.@Nullable OfGroup go(String user) {
        return members.remove(user) ? new Body.Went(++version, List.of(user)) : null;
    }

    private Body.@Nullable OfGroup silence(String user, boolean wanted) {
        var changed = wanted ? silent.add(user) : silent.remove(user);
        return changed ? new Body.Silenced(++version, user, wanted) : null;
    }
}
