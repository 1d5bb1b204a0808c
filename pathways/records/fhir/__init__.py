"""Records from FHIR R4 bundles of other systems, by the codes that catalogues name."""
