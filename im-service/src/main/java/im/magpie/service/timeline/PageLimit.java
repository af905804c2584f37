package im.magpie.service.timeline;

/** How long a page may be. */
final class PageLimit {

    /** Returns what a client asked for within the server's own limit; the server's limit where it asked for nothing. */
    static int of(int asked, int most) {
        return asked <= 0 ? most : Math.min(asked, most);
    }

    private PageLimit() {}
}
