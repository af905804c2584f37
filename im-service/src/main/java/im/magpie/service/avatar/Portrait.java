package im.magpie.service.avatar;

import java.awt.image.BufferedImage;

/** What came of fetching an avatar. */
sealed interface Portrait {

    record Shown(BufferedImage image) implements Portrait {}

    enum Missing implements Portrait {
        /** It is nothing that can be shown, and will not be. */
        UNUSABLE,
        /** It may be there another time. */
        AWAY
    }
}
