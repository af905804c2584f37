package im.magpie.e2e.story;

import static im.magpie.codec.protocol.RoomEvent.WhatCase.CHANGED;
import static im.magpie.e2e.people.InRoom.did;
import static im.magpie.e2e.people.InRoom.said;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.RequestFailedException;
import im.magpie.client.SentToRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.e2e.people.InRoom;
import im.magpie.e2e.people.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** More is said in rooms than there is time for: the least important is left out first. */
@OnMagpie(
        value = "crowded-rooms",
        settings = {
            "IM_SERVICE_ROOMS_MESSAGES_PER_SECOND=40",
            "IM_TCP_ROOMS_SENDS_PER_SECOND=0",
            "IM_TCP_ROOMS_MERGE_INTERVAL=5s",
            "IM_TCP_ROOMS_MAX_MESSAGES=5"
        })
class RoomLoadIT {

    private static final int LOW_A_SECOND = 20;
    private static final int LOW_AND_NORMAL_A_SECOND = 36;
    private static final int ALL_A_SECOND = 40;
    private static final int OF_EACH = 60;

    @Test
    void aRoomHasABudgetOfWhichTheImportantMayUseMore(People people) {
        var hers = InRoom.madeBy(people.person("alice").signIn("phone", 1));
        var his = hers.on(people.person("bob").signIn("laptop", 2));
        Map<RoomPriority, List<CompletableFuture<SentToRoom>>> asked = new TreeMap<>();
        for (var i = 0; i < OF_EACH; i++) {
            for (var priority : List.of(RoomPriority.LOW, RoomPriority.NORMAL, RoomPriority.HIGH)) {
                asked.computeIfAbsent(priority, _ -> new ArrayList<>())
                        .add((i % 2 == 0 || priority == RoomPriority.HIGH ? hers : his).sends("noise", priority));
            }
        }
        Map<Long, Map<RoomPriority, Integer>> seconds = new TreeMap<>();
        var numbers = new ArrayList<Long>();
        asked.forEach((priority, all) -> all.forEach(one -> answer(one).ifPresent(sent -> {
            seconds.computeIfAbsent(sent.serverTime() / 1_000, _ -> new TreeMap<>())
                    .merge(priority, 1, Integer::sum);
            numbers.add(sent.number());
        })));

        assertThat(numbers)
                .hasSizeLessThan(3 * OF_EACH)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        seconds.values().forEach(second -> {
            var low = second.getOrDefault(RoomPriority.LOW, 0);
            var normal = second.getOrDefault(RoomPriority.NORMAL, 0);
            var high = second.getOrDefault(RoomPriority.HIGH, 0);
            assertThat(low).isLessThanOrEqualTo(LOW_A_SECOND);
            assertThat(low + normal).isLessThanOrEqualTo(LOW_AND_NORMAL_A_SECOND);
            assertThat(low + normal + high).isLessThanOrEqualTo(ALL_A_SECOND);
        });
    }

    /** Returns what was said; or that it was refused, with a time after which to come again. */
    private static Optional<SentToRoom> answer(CompletableFuture<SentToRoom> asked) {
        try {
            return Optional.of(asked.join());
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOfSatisfying(RequestFailedException.class, why -> {
                assertThat(why.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                assertThat(why.retryAfterMillis()).isPositive();
            });
            return Optional.empty();
        }
    }

    @Test
    void aDeviceIsToldTheImportantFirstAndHowMuchItMissed(People people) {
        var alice = people.person("alice");
        var hers = InRoom.madeBy(alice.signIn("phone", 1));
        var his = hers.on(people.person("bob").signIn("laptop", 2));
        hers.says("silence is broken");
        his.awaitLine(said(alice, "silence is broken"));

        for (var priority : List.of(RoomPriority.HIGH, RoomPriority.NORMAL, RoomPriority.LOW)) {
            for (var i = 1; i <= 4; i++) {
                People.outcome(hers.sends(priority + " " + i, priority));
            }
        }
        hers.does((rooms, id) ->
                rooms.change(id, RoomChange.newBuilder().setMuted(true).build()));

        for (var one : List.of(hers, his)) {
            one.awaitStory(
                    said(alice, "silence is broken"),
                    said(alice, "HIGH 1"),
                    said(alice, "HIGH 2"),
                    said(alice, "HIGH 3"),
                    said(alice, "HIGH 4"),
                    said(alice, "NORMAL 4"),
                    did(alice, CHANGED));
        }
        hers.says("it goes on");
        for (var one : List.of(hers, his)) {
            one.awaitLine(said(alice, "it goes on"));
            assertThat(one.missed()).isEqualTo(7);
        }
    }
}
