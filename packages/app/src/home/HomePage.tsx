// SPDX-License-Identifier: Apache-2.0
import {
  Card,
  CardBody,
  CardHeader,
  Container,
  Grid,
  Link,
  Text,
} from '@backstage/ui';
import { MyTenantsCard } from '@tenantry/backstage-plugin-tenants';

const doors = [
  {
    to: '/tenants',
    title: 'Tenants',
    about: 'What runs, whether it is healthy, why not, and its logs.',
  },
  {
    to: '/catalog?filters[kind]=resource&filters[type]=tenant',
    title: 'Catalog',
    about: 'Tenants beside the components, teams and systems that own them.',
  },
  {
    to: '/create',
    title: 'Create',
    about: 'Start something new from a software template.',
  },
];

/** How the user's tenants are, and where to go from here. */
export function HomePage() {
  return (
    <main>
      <Container>
        <Grid.Root columns={{ initial: '1', md: '3' }} gap="4" mt="4">
          <Grid.Item colSpan={{ initial: '1', md: '3' }}>
            <MyTenantsCard />
          </Grid.Item>
          {doors.map(({ to, title, about }) => (
            <Card key={to}>
              <CardHeader>
                <Link href={to} variant="title-small">
                  {title}
                </Link>
              </CardHeader>
              <CardBody>
                <Text>{about}</Text>
              </CardBody>
            </Card>
          ))}
        </Grid.Root>
      </Container>
    </main>
  );
}
