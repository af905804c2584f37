/** What users make of their conversations for themselves: pinned, muted, a draft, deleted. */
@NullMarked
package im.magpie.service.personal;

import org.jspecify.annotations.NullMarked;
