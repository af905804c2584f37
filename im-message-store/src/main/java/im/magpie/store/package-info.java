/** im-message-store: the only owner of the message tables. */
@NullMarked
package im.magpie.store;

import org.jspecify.annotations.NullMarked;
