-- Labels taken off and labels from a file can be taken back too, each as one step.

alter table labellings add column kind varchar default 'given';    -- given, removed, imported
