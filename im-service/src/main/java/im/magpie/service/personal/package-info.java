/** What users make of their conversations for themselves: pinned, muted, a draft, deleted, with nicknames. */
@NullMarked
package im.magpie.service.personal;

import org.jspecify.annotations.NullMarked;
