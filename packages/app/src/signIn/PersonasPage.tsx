// SPDX-License-Identifier: Apache-2.0
import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Container,
  Flex,
  Grid,
  Text,
} from '@backstage/ui';
import { useEffect, useState } from 'react';
import { type Persona, readPersonas, rememberPersona } from './personas';

function useUserRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const [ref, setRef] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => isCurrent && setRef(userEntityRef),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [identity]);
  return ref;
}

// A whole page load, so that nothing fetched as the one persona is shown to the other.
function become(persona: Persona) {
  rememberPersona(persona, window.localStorage);
  window.location.assign('/tenants');
}

/** Lists the personas and signs in as another one. */
export function PersonasPage() {
  const personas = readPersonas(useApi(configApiRef));
  const userRef = useUserRef();
  return (
    <Container>
      <Flex direction="column" gap="4" mt="4">
        <Alert
          status="warning"
          title="This demo signs anybody in without a password. It listens on this machine only."
        />
        <Grid.Root columns={{ initial: '1', sm: '2', lg: '3' }} gap="4">
          {personas.map(persona => (
            <Card key={persona.name}>
              <CardHeader>
                <Text as="h2" variant="title-x-small">
                  {persona.title}
                </Text>
              </CardHeader>
              <CardBody>
                <Text>{persona.about}</Text>
              </CardBody>
              <CardFooter>
                {userRef === `user:default/${persona.name}` ? (
                  <Text weight="bold">Signed in</Text>
                ) : (
                  <Button
                    variant="secondary"
                    onPress={() => become(persona)}
                    aria-label={`Sign in as ${persona.title}`}
                  >
                    Sign in
                  </Button>
                )}
              </CardFooter>
            </Card>
          ))}
        </Grid.Root>
      </Flex>
    </Container>
  );
}
