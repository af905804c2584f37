/** How a message looks to those who read it. */
@NullMarked
package im.magpie.service.message;

import org.jspecify.annotations.NullMarked;
