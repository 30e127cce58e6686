using HaoSuan.Catalog;

namespace HaoSuan.Tests;

/// <summary>Brings a scheme live as two people do: one drafts and submits it, another one approves it.</summary>
public sealed class PublishScheme(DraftScheme draft, SubmitScheme submit, DecideScheme decide, Actor actor)
{
    public const string Writer = "user:writer";
    public const string Approver = "user:approver";

    public async Task<Result<int>> RunAsync(ProductId product, string json, Instant? from = null, CancellationToken cancel = default)
    {
        var before = actor.Name;
        try
        {
            actor.Name = Writer;
            var drafted = await draft.RunAsync(product, json, from, cancel: cancel);
            if (drafted.IsRefused) return drafted;
            _ = (await submit.RunAsync(product, drafted.Value, cancel)).Value;
            actor.Name = Approver;
            _ = (await decide.ApproveAsync(product, drafted.Value, cancel: cancel)).Value;
            return drafted;
        }
        finally
        {
            actor.Name = before;
        }
    }
}
