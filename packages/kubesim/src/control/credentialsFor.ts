// SPDX-License-Identifier: Apache-2.0
import { MASTERS } from '../access/Caller';
import { createToken, type ClusterAccess } from '../access/ClusterAccess';
import type { ClusterUser, Kubesim } from '../Kubesim';
import { kubeconfig } from './kubeconfig';

type Credentials = Pick<
  Kubesim,
  'token' | 'kubeconfig' | 'kubeconfigFor' | 'certificateAuthority'
>;

/** How clients reach a simulated cluster: over HTTPS with client certificates, over HTTP with tokens. */
export function credentialsFor(
  url: string,
  { authority, authenticator, adminToken }: ClusterAccess,
): Credentials {
  if (!url.startsWith('https:')) {
    return {
      token: adminToken,
      kubeconfig: kubeconfig(url, { token: adminToken }),
      kubeconfigFor: ({ user, groups }) => {
        const token = createToken();
        authenticator.add({ token, user, groups });
        return kubeconfig(url, { token }, user);
      },
    };
  }
  const kubeconfigFor = ({ user, groups }: ClusterUser) => {
    const client = authority.issue({
      commonName: user,
      organizations: groups,
      purpose: 'client',
    });
    const credentials = { client, authority: authority.certificate };
    return kubeconfig(url, credentials, user);
  };
  return {
    token: adminToken,
    certificateAuthority: authority.certificate,
    kubeconfig: kubeconfigFor({ user: 'kubernetes-admin', groups: [MASTERS] }),
    kubeconfigFor,
  };
}
