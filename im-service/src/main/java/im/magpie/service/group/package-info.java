/** Groups: who is in them, who may do what, and the events by which they change. */
@NullMarked
package im.magpie.service.group;

import org.jspecify.annotations.NullMarked;
