/** All that is kept of a user or of a conversation, as lines of JSON. */
@NullMarked
package im.magpie.service.export;

import org.jspecify.annotations.NullMarked;
