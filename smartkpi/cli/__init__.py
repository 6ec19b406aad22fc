"""The shell: flags in, `workflow` called, pages shown. The only room that speaks, and the only one with typer.

`app` finds the command and is the one error boundary · `context` is the outside world · `options` are the flags that
commands share · `showing` puts a page on the screen · the others hold one group of commands each
"""
