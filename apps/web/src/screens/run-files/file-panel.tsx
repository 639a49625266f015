import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, Download, FileSearch, Link2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { failureText, found } from '../../api/failure.ts';
import { fileHref } from '../../api/file-href.ts';
import { apiQuery, execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { DeleteRunFileDocument, RunFileOneDocument, type RunFileOneQuery } from '../../generated/graphql.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { copyText } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { toast } from '../../ui/toast-store.ts';
import { FilePreview } from './file-preview.tsx';
import type { FilesSearch } from './route.ts';
import css from './run-files.module.css';

const route = getRouteApi('/$entity/$project/runs/$run/files');

/** A file with what is known of it. */
export type ShownFile = NonNullable<NonNullable<RunFileOneQuery['run']>['file']>;

/** The file that is chosen: what it is, what is in it, and what can be done with it. */
export function FilePanel() {
  const params = route.useParams();
  const { path } = route.useSearch();
  const options = apiQuery(['run', ...Object.values(params), 'file', path ?? ''], RunFileOneDocument, {
    ...params,
    path: path ?? '',
  });
  const query = useQuery({
    ...options,
    enabled: path !== undefined,
    select: ({ run }) => ({ readOnly: run?.readOnly ?? true, file: found(run?.file, `file "${path}"`) }),
  });
  if (path === undefined) {
    return (
      <section className={css.panel} aria-label="Preview">
        <EmptyState icon={<FileSearch aria-hidden />} title="Nothing is chosen">
          Choose a file to see what is in it.
        </EmptyState>
      </section>
    );
  }
  return (
    <section className={css.panel} aria-label="Preview">
      <Link
        className={buttonClass('quiet', 'normal', css.back)}
        to="/$entity/$project/runs/$run/files"
        params={params}
        search={({ path: _path, dataset: _dataset, ...rest }: FilesSearch) => rest}
      >
        <ArrowLeft aria-hidden />
        All files
      </Link>
      <QueryPart query={query}>
        {({ file, readOnly }) => (
          <>
            <FileHead file={file} readOnly={readOnly} />
            <FilePreview file={file} href={fileHref(params, file.path)} />
          </>
        )}
      </QueryPart>
    </section>
  );
}

function FileHead({ file, readOnly }: { readonly file: ShownFile; readonly readOnly: boolean }) {
  const params = route.useParams();
  const [isDeleting, setDeleting] = useState(false);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const copyLink = async () => {
    if (await copyText(window.location.href)) toast({ text: 'The link to this file is copied.' });
  };
  return (
    <header className={css.fileHead}>
      <div className={css.fileName}>
        <h2 title={file.path}>{name}</h2>
        <p className={css.fileFacts}>
          <Bytes count={file.size} />
          <span>{file.contentType}</span>
          <span>
            <RelativeTime at={file.updatedAt} />
            {file.user && ` by ${file.user.name}`}
          </span>
          <span title={`SHA-256 ${file.sha256}`}>
            sha256 <code>{file.sha256.slice(0, 12)}</code>
          </span>
        </p>
      </div>
      <div className={css.fileActions}>
        <IconButton label="Copy the link to this file" onClick={() => void copyLink()}>
          <Link2 aria-hidden />
        </IconButton>
        <a className={buttonClass()} href={fileHref(params, file.path)} download={name}>
          <Download aria-hidden />
          Download
        </a>
        {!readOnly && (
          <IconButton label="Delete this file" look="quiet" onClick={() => setDeleting(true)}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <DeleteDialog file={file} open={isDeleting} onClose={() => setDeleting(false)} />
    </header>
  );
}

interface DeleteDialogProps {
  readonly file: ShownFile;
  readonly open: boolean;
  readonly onClose: () => void;
}

function DeleteDialog({ file, open, onClose }: DeleteDialogProps) {
  const { entity, project, run } = route.useParams();
  const navigate = route.useNavigate();
  const remove = useMutation({
    mutationFn: () => execute(DeleteRunFileDocument, { id: file.id }),
    onSuccess: async () => {
      onClose();
      toast({ text: `${file.path} is deleted.` });
      await navigate({
        search: ({ path: _path, dataset: _dataset, ...rest }: FilesSearch) => rest,
        replace: true,
        resetScroll: false,
      });
      await queryClient.invalidateQueries({ queryKey: ['run', entity, project, run, 'files'] });
    },
  });
  return (
    <Dialog
      title="Delete this file?"
      description="Its bytes go for good: this cannot be taken back. Values of the summary that point to it lose it."
      open={open}
      onClose={onClose}
    >
      <p className={css.path}>{file.path}</p>
      {remove.error && (
        <p className={css.problem} role="alert">
          {failureText(remove.error)}
        </p>
      )}
      <div className={css.dialogEnd}>
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
