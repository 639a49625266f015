import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { apiQuery } from '../api/query.ts';
import { PaletteProjectsDocument } from '../generated/graphql.ts';
import { Menu, MenuLabel, MenuLink, MenuSeparator } from '../ui/menu.tsx';

/** The projects of the viewer's entities, to go from one to another. */
export function ProjectSwitcher({ trigger }: { readonly trigger: ReactNode }) {
  return (
    <Menu trigger={trigger}>
      <Projects />
      <MenuSeparator />
      <MenuLink>
        <Link to="/">All projects</Link>
      </MenuLink>
    </Menu>
  );
}

function Projects() {
  const { data } = useQuery(apiQuery(['palette', 'projects'], PaletteProjectsDocument, {}));
  if (!data) return <MenuLabel>Loading …</MenuLabel>;
  return data.viewer.entities.map((entity) => (
    <Fragment key={entity.id}>
      <MenuLabel>{entity.name}</MenuLabel>
      {entity.projects.nodes.map(({ id, name }) => (
        <MenuLink key={id}>
          <Link to="/$entity/$project" params={{ entity: entity.name, project: name }}>
            {name}
          </Link>
        </MenuLink>
      ))}
    </Fragment>
  ));
}
