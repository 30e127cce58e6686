using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>What else a shop has for somebody whom the rules of a product refuse: decided by the same rules.</summary>
public sealed class FindFitting(Applicants applicants, TenantScope tenant, TimeProvider time)
{
    internal async Task<IReadOnlyList<Product>> AmongAsync(IEnumerable<Product> offers, OrderForm form, CancellationToken cancel)
    {
        var clean = CleanForm.Of(form);
        // What has to be declared is asked again by that product.
        var applicant = await applicants.FindAsync(clean, await applicants.KeysAsync(clean, cancel), cancel) with
        {
            Declares = true, Wanted = Math.Max(DeviceForm.Of(form).Quantity, 1),
        };
        return [.. offers.Where(p => Eligibility.Faults(p, applicant, tenant.Zone.DateOf(time.Now)).Count == 0)];
    }
}
