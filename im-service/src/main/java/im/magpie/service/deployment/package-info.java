/** What is fixed at a deployment's first start. */
@NullMarked
package im.magpie.service.deployment;

import org.jspecify.annotations.NullMarked;
