package im.magpie.e2e.chaos;

import im.magpie.e2e.app.App;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** How somebody comes into groups with a device, goes, and does what else changes them, by chance. */
final class Comings {

    /** Once in so many turns in the group: who has made it does something, a member does, and somebody who is not in it does. */
    private static final int OF_OWNER = 3;

    private static final int OF_MEMBER = 25;
    private static final int OF_OTHERS = 20;

    private final App app;
    private final String user;
    private final SplittableRandom random;
    private int named;

    Comings(App app, SplittableRandom random) {
        this.app = app;
        this.user = app.name().user();
        this.random = random;
    }

    /** Returns whether something was done that is all for this turn: who is not in a group does not talk there. */
    boolean takeTurn(Company company) {
        var members = app.members(company.conversation());
        if (user.equals(company.owner())) {
            return random.nextInt(OF_OWNER) == 0 && host(company, members);
        }
        if (members.contains(user)) {
            return random.nextInt(OF_MEMBER) == 0 && comeOrGo(company, members);
        }
        if (random.nextInt(OF_OTHERS) == 0) {
            app.join(company.conversation());
        }
        // Now and then somebody tries all the same.
        return random.nextInt(OF_OTHERS) != 0;
    }

    private boolean host(Company company, Set<String> members) {
        var conversation = company.conversation();
        var others = others(members);
        switch (random.nextInt(10)) {
            case 0 -> app.call(conversation, "%s calls it %d".formatted(app, ++named));
            case 1, 2 -> any(others).forEach(one -> app.silence(conversation, one, true));
            case 3, 4 -> any(others).forEach(one -> app.silence(conversation, one, false));
            default -> {
                if (isToGrow(company, members)) {
                    any(outside(company, members)).forEach(one -> app.add(conversation, one));
                } else {
                    any(others).forEach(one -> app.remove(conversation, one));
                }
            }
        }
        return true;
    }

    private boolean comeOrGo(Company company, Set<String> members) {
        if (isToGrow(company, members)) {
            any(outside(company, members)).forEach(one -> app.add(company.conversation(), one));
        } else {
            app.leaveGroup(company.conversation());
        }
        return true;
    }

    private boolean isToGrow(Company company, Set<String> members) {
        return members.size() <= company.least() || (members.size() < company.most() && random.nextBoolean());
    }

    private List<String> others(Set<String> members) {
        return members.stream().filter(one -> !one.equals(user)).toList();
    }

    private static List<String> outside(Company company, Set<String> members) {
        return company.people().stream().filter(one -> !members.contains(one)).toList();
    }

    /** Returns one of them; none where there is none. */
    private List<String> any(List<String> some) {
        return some.isEmpty() ? List.of() : List.of(some.get(random.nextInt(some.size())));
    }
}
