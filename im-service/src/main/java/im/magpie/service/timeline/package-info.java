/** What devices read: the list of their conversations, and the messages in them. */
@NullMarked
package im.magpie.service.timeline;

import org.jspecify.annotations.NullMarked;
