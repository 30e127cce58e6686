using HaoSuan.Exceptions;
using HaoSuan.Identity;

namespace HaoSuan.Web.Demo;

/// <summary>The staff at work on what the comparisons have found: some cases are taken, one is handed to finance, one is dealt with.</summary>
internal sealed class ExceptionDesk(Scene scene)
{
    public async Task Work()
    {
        var users = await scene.Call<Users, IReadOnlyList<User>>(u => u.WhoMayAsync(Policies.Operations));
        var admin = users.First(u => u.Role == Role.Admin).Actor;
        var cases = await scene.Call<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(Department: Policies.Operations), 0, 4));
        foreach (var found in cases.Take(3))
            await scene.Do<TakeCase, Done>(t => t.RunAsync(found.Id, $"take-{found.Id.Value}"), admin);
        if (cases is not [var first, var second, var third, ..]) return;
        await scene.Do<NoteCase, Done>(n => n.RunAsync(first.Id, "已电话催办，上游答复今天处理。", $"note-{first.Id.Value}"), admin);
        await scene.Do<HandOverCase, Done>(
            h => h.RunAsync(second.Id, Policies.Finance, "消费者要求退款，请先核对收款。", $"hand-{second.Id.Value}"), admin);
        await scene.Do<ResolveCase, Done>(
            r => r.RunAsync(third.Id, "上游确认人工复核中，三天内有结果。", $"resolve-{third.Id.Value}"), admin);
    }
}
