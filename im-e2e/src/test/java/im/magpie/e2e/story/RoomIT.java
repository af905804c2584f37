package im.magpie.e2e.story;

import static im.magpie.codec.protocol.RoomEvent.WhatCase.CHANGED;
import static im.magpie.codec.protocol.RoomEvent.WhatCase.CLOSED;
import static im.magpie.codec.protocol.RoomEvent.WhatCase.USER;
import static im.magpie.e2e.people.InRoom.did;
import static im.magpie.e2e.people.InRoom.said;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Rooms;
import im.magpie.client.SentToRoom;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.e2e.network.Proxy;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.InRoom;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.MagpieSystem;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People enter rooms, speak and leave: over two gateways. */
@OnMagpie
class RoomIT {

    private static final int EACH_SAYS = 9;
    private static final Duration HOUR = Duration.ofHours(1);

    private Person alice;
    private Person bob;
    private Person carol;
    private Device phone;
    private Device laptop;
    private Device tablet;

    @BeforeEach
    void signIn(People people) {
        alice = people.person("alice");
        bob = people.person("bob");
        carol = people.person("carol");
        phone = alice.signIn("phone", 1);
        laptop = bob.signIn("laptop", 2);
        tablet = carol.signIn("tablet", 1);
    }

    /** As long as it is not more at once than a connection is told of one room. */
    @Test
    void everybodyHearsWhatIsSaid() {
        var hers = InRoom.madeBy(phone);
        var all = List.of(hers, hers.on(laptop), hers.on(tablet));

        var asked = new ArrayList<CompletableFuture<SentToRoom>>();
        for (var i = 0; i < EACH_SAYS; i++) {
            for (var one : all) {
                asked.add(one.sends("line " + i, RoomPriority.NORMAL));
            }
        }
        var sent = asked.stream().map(People::outcome).toList();

        var numbers = LongStream.rangeClosed(1, 3 * EACH_SAYS).boxed().toList();
        assertThat(sent).extracting(SentToRoom::number).containsExactlyInAnyOrderElementsOf(numbers);
        for (var one : all) {
            one.awaitMessages(3 * EACH_SAYS);
            assertThat(one.messages()).extracting(RoomMessage::getNumber).containsExactlyInAnyOrderElementsOf(numbers);
            for (var speaker : List.of(alice, bob, carol)) {
                assertThat(one.messages())
                        .filteredOn(message -> message.getSenderId().equals(speaker.userId()))
                        .as("what %s said, as %s heard it", speaker, one)
                        .extracting(message -> message.getContent().getText().getText())
                        .containsExactlyElementsOf(IntStream.range(0, EACH_SAYS)
                                .mapToObj(i -> "line " + i)
                                .toList());
            }
        }
    }

    /** Where nobody speaks at the same time. */
    @Test
    void itIsHeardInTheOrderOfItsNumbers() {
        var hers = InRoom.madeBy(phone);
        var his = hers.on(laptop);
        var carols = hers.on(tablet);
        var expected = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            hers.says("a " + i);
            his.says("b " + i);
            carols.says("c " + i);
            expected.addAll(List.of(said(alice, "a " + i), said(bob, "b " + i), said(carol, "c " + i)));
        }
        for (var one : List.of(hers, his, carols)) {
            one.awaitStory(expected.toArray(String[]::new));
            assertThat(one.missed()).isZero();
        }
    }

    @Test
    void whoLeavesOrClosesHisAppHearsNoMore() {
        var hers = InRoom.madeBy(phone);
        var his = hers.on(laptop);
        var carols = hers.on(tablet);
        hers.says("you hear me");
        his.awaitLine(said(alice, "you hear me"));
        carols.awaitLine(said(alice, "you hear me"));

        his.leaves();
        tablet.goesOffline();
        hers.says("you do not");

        assertThat(his.refusal("I do")).isEqualTo(ErrorCode.NOT_IN_ROOM);
        hers.awaitPresent(1);
        assertThat(his.story()).containsExactly(said(alice, "you hear me"));
        his.enters();
        hers.says("now again");
        his.awaitStory(said(alice, "you hear me"), said(alice, "now again"));
        assertThat(carols.story()).containsExactly(said(alice, "you hear me"));
    }

    @Test
    void whoHasNotEnteredNeitherSpeaksNorHears(People people) {
        var hers = InRoom.madeBy(phone);
        var his = hers.outside(laptop);

        assertThat(his.refusal("may I?")).isEqualTo(ErrorCode.NOT_IN_ROOM);
        assertThat(InRoom.of(laptop, "no-" + hers.roomId()).refusalToEnter()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(his.refusalOf(Rooms::close)).isEqualTo(ErrorCode.FORBIDDEN);
        hers.says("nobody else is here");
        assertThat(his.does(Rooms::get).getPresent()).isEqualTo(1);
        assertThat(hers.story()).containsExactly(said(alice, "nobody else is here"));
        assertThat(his.story()).isEmpty();
    }

    @Test
    void whoIsMutedDoesNotSpeak() {
        var hers = InRoom.madeBy(phone);
        var his = hers.on(laptop);
        var carols = hers.on(tablet);

        hers.does((rooms, id) -> rooms.appoint(id, carol.userId(), true));
        carols.does((rooms, id) -> rooms.mute(id, bob.userId(), HOUR));
        assertThat(his.refusal("may I?")).isEqualTo(ErrorCode.MUTED);
        carols.does((rooms, id) -> rooms.mute(id, bob.userId(), Duration.ZERO));
        his.says("I may");
        change(hers, RoomChange.newBuilder().setMuted(true));
        assertThat(his.refusal("and now?")).isEqualTo(ErrorCode.MUTED);
        carols.says("moderators may");
        change(hers, RoomChange.newBuilder().setMuted(false));
        his.says("at last");

        assertThat(carols.refusalOf((rooms, id) ->
                        rooms.change(id, RoomChange.newBuilder().setName("mine").build())))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(his.refusalOf((rooms, id) -> rooms.mute(id, carol.userId(), HOUR)))
                .isEqualTo(ErrorCode.FORBIDDEN);
        his.awaitStory(
                did(alice, USER),
                did(carol, USER),
                did(carol, USER),
                said(bob, "I may"),
                did(alice, CHANGED),
                said(carol, "moderators may"),
                did(alice, CHANGED),
                said(bob, "at last"));
    }

    private static void change(InRoom room, RoomChange.Builder change) {
        room.does((rooms, id) -> rooms.change(id, change.build()));
    }

    @Test
    void whoIsBannedIsOutAtOnceOnAllHisDevices() {
        var hers = InRoom.madeBy(phone);
        var his = hers.on(laptop);
        var hisToo = hers.on(bob.signIn("shell", 1));
        var carols = hers.on(tablet);
        his.says("bad words");

        hers.does((rooms, id) -> rooms.ban(id, bob.userId(), HOUR));
        hers.says("peace");

        var until = new String[] {said(bob, "bad words"), did(alice, USER), "out: BANNED"};
        his.awaitStory(until);
        hisToo.awaitStory(until);
        carols.awaitStory(said(bob, "bad words"), did(alice, USER), said(alice, "peace"));
        assertThat(his.refusal("more of them")).isEqualTo(ErrorCode.NOT_IN_ROOM);
        assertThat(his.refusalToEnter()).isEqualTo(ErrorCode.BANNED);
        assertThat(his.refusalOf((rooms, id) -> rooms.read(id, "", 0))).isEqualTo(ErrorCode.BANNED);
        assertThat(hers.does((rooms, id) -> rooms.users(id, "", 0)).getUsersList())
                .extracting(RoomUser::getUserId)
                .containsExactly(bob.userId());

        hers.does((rooms, id) -> rooms.ban(id, bob.userId(), Duration.ZERO));
        his.enters().says("sorry");
        carols.awaitLine(said(bob, "sorry"));
        assertThat(his.story()).containsSequence(until);
    }

    @Test
    void everybodyIsOutOfARoomThatIsClosed() {
        var hers = InRoom.madeBy(phone, CreateRoom.newBuilder().setKeepDays(1));
        var his = hers.on(laptop);
        his.says("goodbye");

        hers.does(Rooms::close);

        var until = new String[] {said(bob, "goodbye"), did(alice, CLOSED), "out: ROOM_CLOSED"};
        his.awaitStory(until);
        hers.awaitStory(until);
        assertThat(his.refusalToEnter()).isEqualTo(ErrorCode.ROOM_CLOSED);
        assertThat(hers.refusal("is anybody there?")).isEqualTo(ErrorCode.NOT_IN_ROOM);
        assertThat(hers.does(Rooms::get).getClosed()).isTrue();
        assertThat(texts(his.kept(10))).containsExactly("goodbye");
    }

    @Test
    void nothingIsKeptUnlessItIsAskedFor() {
        var hers = InRoom.madeBy(phone);
        hers.says("forget it");
        assertThat(hers.kept(10)).isEmpty();

        change(hers, RoomChange.newBuilder().setKeepDays(1));
        hers.says("remember this");

        assertThat(texts(hers.kept(10))).containsExactly("remember this");
        var exported = alice.administration().lines("/v1/users/%s/export".formatted(alice));
        assertThat(exported.toString()).contains("remember this").doesNotContain("forget it");
    }

    private static List<String> texts(List<RoomMessage> messages) {
        return messages.stream()
                .map(message -> message.getContent().getText().getText())
                .toList();
    }

    @Test
    void whoEntersReadsWhatWasSaidAndLosesNothingBetween() {
        var hers = InRoom.madeBy(phone, CreateRoom.newBuilder().setKeepDays(1));
        var carols = hers.on(tablet);
        var said = new ArrayList<CompletableFuture<SentToRoom>>();
        for (var i = 0; i < 10; i++) {
            hers.says("before " + i);
        }
        for (var i = 0; i < 15; i++) {
            said.add(carols.sends("meanwhile " + i, RoomPriority.NORMAL));
        }

        var his = hers.on(laptop);
        var kept = his.kept(4);

        said.forEach(People::outcome);
        hers.says("the end");
        his.awaitLine(said(alice, "the end"));
        var numbers = new TreeSet<Long>();
        kept.forEach(message -> numbers.add(message.getNumber()));
        his.messages().forEach(message -> numbers.add(message.getNumber()));
        assertThat(numbers)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 26).boxed().toList());
        assertThat(kept).extracting(RoomMessage::getNumber).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(texts(kept)).contains("before 0", "before 9");
    }

    @Test
    void whoLosesHisConnectionComesBackByHimself(People people, MagpieSystem system) {
        var address = system.addresses().gateway(2);
        try (var line = Proxy.to(() -> new InetSocketAddress(address.host(), address.port()), 1_000, 7)) {
            people.connectThrough(line);
            var dave = people.person("dave");
            var daves = InRoom.madeBy(dave.signIn("shell"));
            var hers = daves.on(phone);
            hers.says("before");
            daves.awaitLine(said(alice, "before"));

            line.cut();
            daves.awaitLine("returned");
            hers.says("after");

            daves.awaitLine(said(alice, "after"));
            daves.says("here I am");
            hers.awaitLine(said(dave, "here I am"));
        }
    }

    @Test
    void theBusinessSystemHasRoomsToo() {
        var business = alice.administration();
        var id = "stage-" + alice;
        var room = "/v1/rooms/" + id;
        business.put(room, "{\"name\":\"the stage\",\"ownerId\":\"%s\"}".formatted(alice))
                .orFail();
        var hers = InRoom.of(phone, id).enters();
        var his = hers.on(laptop);

        business.post(room + "/messages", "{\"content\":{\"text\":{\"text\":\"welcome\"}},\"priority\":\"HIGH\"}")
                .orFail();
        business.patch(room + "/users/" + bob, "{\"banSeconds\":60}").orFail();

        his.awaitStory(": welcome", " USER", "out: BANNED");
        hers.awaitStory(": welcome", " USER");
        assertThat(business.get("/v1/rooms?limit=1000").orFail().body().objects("rooms"))
                .extracting(one -> one.text("roomId"))
                .contains(id);
        assertThat(bob.api().delete(room).code()).isEqualTo("FORBIDDEN");
        assertThat(bob.api().post(room + "/messages", "{}").code()).isEqualTo("FORBIDDEN");
        alice.api().delete(room).orFail();
        hers.awaitLine("out: ROOM_CLOSED");
    }

    /** As much of it as its own bounds let through. */
    @Test
    void aFloodInARoomLeavesChatsQuick(People people) {
        var hers = InRoom.madeBy(phone);
        var crowd = new ArrayList<InRoom>();
        for (var i = 0; i < 8; i++) {
            crowd.add(hers.on(people.person("fan").signIn("phone", 1 + i % 2)));
        }
        var flood = new ArrayList<CompletableFuture<SentToRoom>>();
        var begun = System.nanoTime();
        for (var i = 0; i < 10; i++) {
            for (var fan : crowd) {
                for (var j = 0; j < 10; j++) {
                    flood.add(fan.sends("noise", RoomPriority.LOW));
                }
            }
            laptop.says(carol, "private " + i);
        }
        tablet.awaitMessages(bob, 10);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        var refused = flood.stream().filter(RoomIT::isRefused).count();
        assertThat(refused).isBetween(1L, 799L);
    }

    private static boolean isRefused(CompletableFuture<SentToRoom> asked) {
        return asked.handle((_, failure) -> failure != null).join();
    }
}
