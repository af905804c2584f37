/** Whether a service can do its work: what it needs, who looks for that, and who is told. */
@NullMarked
package im.magpie.common.readiness;

import org.jspecify.annotations.NullMarked;
