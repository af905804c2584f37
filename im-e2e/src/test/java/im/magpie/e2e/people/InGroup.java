package im.magpie.e2e.people;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Groups;
import im.magpie.client.SentMessage;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.e2e.system.Await;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A group as a device sees it, and what its owner does there. */
public final class InGroup {

    private final Device device;
    private final Ears ears;
    private final ClientStore store;
    private final String groupId;
    private final String conversation;

    InGroup(Device device, Ears ears, ClientStore store, String groupId) {
        this.device = device;
        this.ears = ears;
        this.store = store;
        this.groupId = groupId;
        this.conversation = Groups.conversationOf(groupId);
    }

    /** Makes a group of a device's owner and others. */
    public static InGroup madeBy(Device device, CreateGroup.Builder group, Person... others) {
        group.setName(group.getName().isEmpty() ? "a group of " + device.owner() : group.getName());
        Stream.of(others).map(Person::userId).forEach(group::addMemberIds);
        var made = People.outcome(device.client().groups().create(group.build()));
        return device.in(made.getGroupId());
    }

    /** Returns the same group as another device sees it. */
    public InGroup on(Device other) {
        return other.in(groupId);
    }

    public String groupId() {
        return groupId;
    }

    public String conversation() {
        return conversation;
    }

    /** Says something and returns when it is acknowledged. */
    public SentMessage says(String text) {
        return People.outcome(sends(text));
    }

    /** Says something; completes when it is acknowledged. */
    public CompletableFuture<SentMessage> sends(String text) {
        return device.client().sendText(conversation, text);
    }

    /** Returns with what a text is refused. */
    public ErrorCode refusal(String text) {
        return device.refusal(client -> client.sendText(conversation, text));
    }

    /** Returns with what it is refused to read the group. */
    public ErrorCode refusalOfHistory() {
        return device.refusal(client -> client.history(conversation, 0, 0));
    }

    /** Does something to the group. */
    public Group does(BiFunction<Groups, String, CompletableFuture<Group>> operation) {
        return People.outcome(operation.apply(device.client().groups(), groupId));
    }

    /** Returns with what an operation is refused. */
    public ErrorCode refusalOf(BiFunction<Groups, String, CompletableFuture<?>> operation) {
        return device.refusal(client -> operation.apply(client.groups(), groupId));
    }

    public void adds(Person... others) {
        does((groups, id) -> groups.add(id, ids(others)));
    }

    public void removes(Person... others) {
        does((groups, id) -> groups.remove(id, ids(others)));
    }

    public void leaves() {
        People.outcome(device.client().groups().leave(groupId));
    }

    private static List<String> ids(Person... people) {
        return Arrays.stream(people).map(Person::userId).toList();
    }

    /** Returns what the device has shown, in the order in which it did. */
    public List<ChatMessage> shown() {
        return ears.timeline(conversation).all();
    }

    /** Returns what the device keeps. */
    public List<ChatMessage> kept() {
        return store.messages(conversation, 0, Long.MAX_VALUE);
    }

    /** Returns what the server lets its owner read. */
    public List<ChatMessage> history() {
        return People.outcome(device.client().history(conversation, 0, 0));
    }

    /** Returns what somebody sees who scrolls up. */
    public List<ChatMessage> earlier(int limit) {
        return People.outcome(device.client().earlier(conversation, 0, limit));
    }

    /** Changes what its owner has made of the group for himself, and returns that. */
    public PersonalSettings configures(ConfigureRequest.Builder change) {
        return People.outcome(
                device.client().configure(change.setConversationId(conversation).build()));
    }

    /** Waits until the device has these settings. */
    public void awaitSettings(PersonalSettings settings) {
        Await.until(
                "%s had these settings: %s".formatted(this, settings),
                () -> store.settings(conversation).equals(settings));
    }

    /** Waits until the device has shown just this. */
    public void awaitStory(String... lines) {
        var expected = List.of(lines);
        ears.timeline(conversation)
                .await("the story was " + expected, messages -> story(messages).equals(expected));
    }

    /** Waits until this was the last that the device has shown. */
    public void awaitLast(String line) {
        ears.timeline(conversation)
                .await(
                        "the last was " + line,
                        messages ->
                                !messages.isEmpty() && line(messages.getLast()).equals(line));
    }

    /** Waits until the device has shown what is at a place, or something behind it. */
    public void awaitPlace(long sequence) {
        ears.timeline(conversation)
                .await(
                        "#%d was there".formatted(sequence),
                        messages -> !messages.isEmpty() && messages.getLast().getSequence() >= sequence);
    }

    /** Waits until the device has shown what is at a place, and fails unless that is just what it keeps and what the server has, each once, from the first place on. */
    public void awaitEverything(long newest) {
        awaitPlace(newest);
        assertThat(sequences(shown()))
                .as("%s", this)
                .isEqualTo(LongStream.rangeClosed(1, newest).boxed().toList());
        assertThat(story(kept())).as("%s keeps", this).isEqualTo(story(shown()));
        assertThat(story(history())).as("%s may read", this).isEqualTo(story(shown()));
    }

    public static List<Long> sequences(List<ChatMessage> messages) {
        return messages.stream().map(ChatMessage::getSequence).toList();
    }

    /** Waits until the device has been told how the group stands. */
    public void awaitEntry(String what, Predicate<ConversationEntry> condition) {
        ears.conversations()
                .await(
                        what,
                        entries -> entries.stream()
                                .anyMatch(entry ->
                                        entry.getConversationId().equals(conversation) && condition.test(entry)));
    }

    /** Returns messages as {@code who: text}, and events as {@code who WHAT whom}. */
    public static List<String> story(List<ChatMessage> messages) {
        return messages.stream().map(InGroup::line).toList();
    }

    private static String line(ChatMessage message) {
        return message.getContent().hasGroupEvent()
                ? told(message.getSenderId(), message.getContent().getGroupEvent())
                : said(message.getSenderId(), Texts.of(message));
    }

    public static String said(Person who, String text) {
        return said(who.userId(), text);
    }

    private static String said(String who, String text) {
        return who + ": " + text;
    }

    /** Returns the line of an event. */
    public static String did(Person who, GroupEvent.WhatCase what, Person... whom) {
        return done(who.userId(), what, ids(whom));
    }

    private static String told(String who, GroupEvent event) {
        var whom = switch (event.getWhatCase()) {
            case ADDED -> event.getAdded().getUserIdsList();
            case JOINED -> event.getJoined().getUserIdsList();
            case REMOVED -> event.getRemoved().getUserIdsList();
            case CREATED, LEFT, APPOINTED, MUTED, TRANSFERRED, CHANGED, DISSOLVED, RESIZED, RENAMED, WHAT_NOT_SET ->
                List.<String>of();
        };
        return done(who, event.getWhatCase(), whom);
    }

    private static String done(String who, GroupEvent.WhatCase what, List<String> whom) {
        return who + " " + what + (whom.isEmpty() ? "" : " " + String.join(", ", whom));
    }

    @Override
    public String toString() {
        return device + " in " + groupId;
    }
}
