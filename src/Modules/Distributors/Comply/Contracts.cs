namespace HaoSuan.Distributors;

/// <summary>The contract (合同) that distributors accept: whoever joins by an invitation does it there, everybody else in the portal.</summary>
public sealed class Contracts(Db db, Actor actor, Audit audit, TimeProvider time) : AcceptedText(db, actor, audit, time)
{
    private protected override string Kind => "contract";

    private protected override IQueryable<TextRow> Texts => Db.Set<ContractRow>().AsNoTracking();

    private protected override IQueryable<TextAcceptanceRow> Acceptances => Db.Set<AcceptanceRow>().AsNoTracking();

    private protected override TextRow NewText() => new ContractRow();

    private protected override TextAcceptanceRow NewAcceptance() => new AcceptanceRow();
}
