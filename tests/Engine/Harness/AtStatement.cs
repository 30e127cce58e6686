using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Tests.Engine;

/// <summary>Does something, once, before the n-th statement from now on, whoever runs it.</summary>
internal sealed class AtStatement : DbCommandInterceptor
{
    private int _left;
    private Func<Task> _act = () => Task.CompletedTask;

    public void Do(int statement, Func<Task> act) => (_act, _left) = (act, statement);

    public void Disarm() => Do(int.MaxValue, () => Task.CompletedTask);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await CountAsync();
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await CountAsync();
        return result;
    }

    private Task CountAsync() => Interlocked.Decrement(ref _left) == 0 ? _act() : Task.CompletedTask;
}
