namespace HaoSuan.Invoices;

/// <summary>Who issues: a platform where there is an account, else we ourselves.</summary>
public sealed class Issuers(IEnumerable<IInvoiceIssuer> all)
{
    /// <summary>Who issues what is asked for now.</summary>
    public IInvoiceIssuer Present => all.FirstOrDefault(i => i.Name != OwnIssuer.OwnName) ?? all.First();

    /// <summary>Null where there is no account any more.</summary>
    public IInvoiceIssuer? Find(string name) => all.FirstOrDefault(i => i.Name == name);
}
