package im.magpie.e2e.system;

import java.time.Duration;

/** A process of the system that may break alone. */
public abstract class Server {

    private final String name;

    Server(String name) {
        this.name = name;
    }

    /** Returns the process as it is now; fails where none runs. */
    abstract ProcessHandle process();

    /** Returns when the server, having died, is started again. */
    public abstract void comeBack();

    /** Ends the server at once; returns when it is gone. */
    public void kill() {
        var process = process();
        process.destroyForcibly();
        Await.until(name + " is gone", () -> !Processes.works(process));
    }

    /** Lets the server do nothing for a time; it keeps its connections. */
    public void pauseFor(Duration time) {
        pause();
        Await.pass(time);
        resume();
    }

    /** Lets the server do nothing until {@link #resume}; it keeps its connections. */
    public void pause() {
        Processes.signal(process(), "STOP");
    }

    /** Lets a server go on. */
    public void resume() {
        Processes.signal(process(), "CONT");
    }
}
