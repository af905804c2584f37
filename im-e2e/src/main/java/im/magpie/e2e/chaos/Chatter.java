package im.magpie.e2e.chaos;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.e2e.app.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What somebody does with a device, by chance, until it is enough: writes, reads, reacts, corrects, takes back, deletes for himself, pins, mutes, drafts, and
 * closes the app now and then.
 */
final class Chatter implements Runnable {

    private static final int LEAST_PAUSE_MILLIS = 200;
    private static final int MOST_PAUSE_MILLIS = 1_000;
    private static final int LEAST_OFF_MILLIS = 500;
    private static final int MOST_OFF_MILLIS = 8_000;
    /** Once in so many turns the app is closed. */
    private static final int CLOSES = 60;

    private static final List<String> EMOJI = List.of("👍", "❤️", "😂");

    private final App app;
    private final List<String> conversations;
    private final Map<String, Company> companies;
    private final SplittableRandom random;
    private final Comings comings;
    private final Duration late;
    private final CountDownLatch enough;
    private int said;

    /**
     * @param conversations that its user is in, or may come into
     * @param companies the groups among them
     * @param late when the device is taken, from the beginning
     * @param enough when to stop
     */
    Chatter(
            App app,
            List<String> conversations,
            List<Company> companies,
            SplittableRandom random,
            Duration late,
            CountDownLatch enough) {
        this.app = app;
        this.conversations = conversations;
        this.companies = companies.stream().collect(Collectors.toMap(Company::conversation, company -> company));
        this.random = random;
        this.comings = new Comings(app, random);
        this.late = late;
        this.enough = enough;
    }

    /** When it returns, the app is open. */
    @Override
    public void run() {
        rest(late.toMillis());
        if (!app.isOpen()) {
            app.open();
        }
        while (!rest(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS))) {
            if (random.nextInt(CLOSES) == 0) {
                app.close();
                rest(random.nextInt(LEAST_OFF_MILLIS, MOST_OFF_MILLIS));
                app.open();
            } else {
                doSomething(conversations.get(random.nextInt(conversations.size())));
            }
        }
    }

    /** Returns whether it is enough. */
    private boolean rest(long millis) {
        try {
            return enough.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void doSomething(String conversation) {
        var company = companies.get(conversation);
        if (company == null || !comings.takeTurn(company)) {
            talk(conversation);
        }
    }

    /** Nobody reacts to what happens to a group, or deletes that. */
    private void talk(String conversation) {
        var chance = random.nextInt(100);
        var seen = app.latest(conversation).stream()
                .filter(message -> Contents.isCounted(message.getContent()))
                .toList();
        var own = seen.stream()
                .filter(message -> message.getSenderId().equals(app.name().user()))
                .toList();
        if (chance < 15 && !seen.isEmpty()) {
            app.read(conversation, seen.getLast().getSequence());
        } else if (chance < 25 && !seen.isEmpty()) {
            app.react(conversation, any(seen), EMOJI.get(random.nextInt(EMOJI.size())), random.nextInt(4) == 0);
        } else if (chance < 32 && !own.isEmpty()) {
            app.edit(conversation, any(own), words("corrects"));
        } else if (chance < 36 && !own.isEmpty()) {
            app.recall(conversation, any(own));
        } else if (chance < 46) {
            makeSomethingOf(conversation, seen);
        } else {
            app.send(conversation, words("says"));
        }
    }

    private void makeSomethingOf(String conversation, List<ChatMessage> seen) {
        var others = seen.stream()
                .filter(message -> !message.getSenderId().equals(app.name().user()))
                .toList();
        switch (random.nextInt(4)) {
            case 0 -> app.pin(conversation, random.nextBoolean());
            case 1 -> app.mute(conversation, random.nextBoolean());
            case 2 -> app.draft(conversation, random.nextInt(4) == 0 ? "" : words("drafts"));
            default -> {
                if (!others.isEmpty()) {
                    app.delete(conversation, any(others));
                }
            }
        }
    }

    private long any(List<ChatMessage> messages) {
        return messages.get(random.nextInt(messages.size())).getSequence();
    }

    private String words(String verb) {
        return "%s %s %d".formatted(app, verb, ++said);
    }
}
