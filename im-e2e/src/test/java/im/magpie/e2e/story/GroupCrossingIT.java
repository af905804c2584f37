package im.magpie.e2e.story;

import static im.magpie.codec.protocol.GroupEvent.WhatCase.REMOVED;
import static im.magpie.e2e.people.InGroup.did;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.SentMessage;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.GroupSize;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.GroupBounds;
import im.magpie.e2e.system.MagpieSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group is told of its messages in another way from one member to the next, while people speak, come online and go. */
@OnMagpie
class GroupCrossingIT {

    private Person alice;
    private Person bob;
    private Person carol;
    private Person dave;
    private Device phone;
    private Device laptop;
    private Device tablet;
    private Device shell;

    @BeforeEach
    void signIn(People people, MagpieSystem system) {
        system.changeGroupBounds(GroupBounds.SMALL);
        alice = people.person("alice");
        bob = people.person("bob");
        carol = people.person("carol");
        dave = people.person("dave");
        phone = alice.signIn("phone", 1);
        laptop = bob.signIn("laptop", 2);
        tablet = carol.signIn("tablet", 1);
        shell = dave.signIn("shell", 2);
    }

    @Test
    void nothingIsLostWhereAGroupGrowsAndShrinks(People people) {
        var others = people.absentees(3);
        var hers = GroupSize.SMALL.madeBy(phone, people, bob, carol);

        speak(hers, "a few", () -> {});
        tablet.goesOffline();
        // Four are indexed; five are pushed to, seven are noticed, and so are six that come down from there.
        speak(hers, "an indexed one comes", () -> add(hers, others.subList(0, 1)));
        speak(hers, "out of the index", () -> add(hers, List.of(dave.userId())));
        var watch = bob.signIn("watch", 1);
        speak(hers, "over the bound of pushes", () -> add(hers, others.subList(1, 3)));
        hers.on(tablet.online()).awaitPlace(hers.says("she has come").sequence());
        tablet.goesOffline();
        speak(hers, "below the bound of pushes", () -> remove(hers, others.subList(1, 3)));
        laptop.goesOffline();
        speak(hers, "one goes", () -> remove(hers, others.subList(0, 1)));
        speak(hers, "into the index", () -> remove(hers, List.of(dave.userId())));
        laptop.online();
        speak(hers, "again a few", () -> {});
        var newest = hers.says("the end").sequence();

        tablet.online();
        for (var device : List.of(phone, laptop, tablet, watch, carol.signIn("another", 2))) {
            hers.on(device).awaitEverything(newest);
        }
        hers.on(shell).awaitLast(did(alice, REMOVED, dave));
        assertThat(hers.on(shell).shown()).isEqualTo(hers.on(shell).history());
    }

    /** Alice speaks while something happens to the group. */
    private static void speak(InGroup group, String what, Runnable happens) {
        var asked = new ArrayList<CompletableFuture<SentMessage>>();
        for (var i = 0; i < 20; i++) {
            asked.add(group.sends("%s %d".formatted(what, i)));
        }
        happens.run();
        for (var i = 20; i < 25; i++) {
            asked.add(group.sends("%s %d".formatted(what, i)));
        }
        asked.forEach(People::outcome);
    }

    private static void add(InGroup group, List<String> userIds) {
        group.does((groups, id) -> groups.add(id, userIds));
    }

    private static void remove(InGroup group, List<String> userIds) {
        group.does((groups, id) -> groups.remove(id, userIds));
    }
}
