namespace HaoSuan.Orders;

/// <summary>Puts who ordered into the vault. Nothing of it stands anywhere else.</summary>
public sealed class KeepPerson(Vault vault)
{
    internal async Task<KeptPerson> RunAsync(CleanForm form, CancellationToken cancel) => new(
        await vault.KeepAsync(SecretKind.Name, form.Name, cancel),
        await vault.KeepAsync(SecretKind.IdNumber, form.IdNumber, cancel),
        await vault.KeepAsync(SecretKind.Phone, form.Phone, cancel),
        await vault.KeepAsync(SecretKind.Address, AddressText.Write(form), cancel));
}
