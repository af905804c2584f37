package im.magpie.cluster.run;

/** Hears what happens while it happens. Called from several threads. */
@FunctionalInterface
public interface Report {

    void say(String sentence);
}
